import type { Claim } from "../claims/claim"
import { maskAddress, maskAddresses } from "../values/email-address"
import type { Logger } from "../values/logger"

/** Logs that a claim is on record, but not mailed, and why. */
export function logUnmailed(
  logger: Logger,
  { id, email, status, last_error }: Claim
): void {
  const why = maskAddresses(last_error ?? "")
  logger.info(
    `order-claim: ${id} to ${maskAddress(email)} is not emailed: ${status}, ${why}`
  )
}

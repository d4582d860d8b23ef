import { isSameAddress } from "../values/email-address"
import type { Claim } from "./claim"

/**
 * True if a claim's recipient is the address of the claimant's account as it is now.
 * Nobody has verified that address, so it proves nothing.
 */
export function isOwnAddress(
  claim: Pick<Claim, "email">,
  claimant: { email: string } | undefined
): boolean {
  return claimant !== undefined && isSameAddress(claim.email, claimant.email)
}

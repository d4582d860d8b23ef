import { maskAddress } from "../email/address"
import type { Logger } from "../log"
import type { DeliverySettings } from "../options/settings"
import { recordable } from "../transports/answer"
import type { DeliveryOutcome, Transport } from "../transports/transport"
import type { ClaimRow } from "../rows/claims"
import type { Composed } from "./compose"
import type { Attempt } from "./record"

/** How long, and how often, temporary failures are tried again. */
export type RetrySettings = Pick<
  DeliverySettings,
  "giveUpAfterMs" | "firstRetryMs" | "longestRetryMs"
>

/** One delivery: hands a composed email to the transport and says what follows. */
export async function attemptDelivery(
  claim: ClaimRow,
  composed: Composed,
  transport: Transport,
  retries: RetrySettings
): Promise<Attempt> {
  if (composed.type === "withdrawn") {
    const { reason } = composed
    return { claim, status: "ineligible", lastError: reason, retryInMs: null }
  }
  const { type, answer } = await outcomeOf(composed, transport)
  const delivery = { at: new Date().toISOString(), outcome: type, answer }
  const attempt = { claim, delivery, lastError: answer }
  switch (type) {
    case "accepted":
      return { ...attempt, status: "sent", lastError: null, retryInMs: null }
    case "refused":
      return { ...attempt, status: "failed", retryInMs: null }
    case "deferred": {
      const retryInMs = pause(claim.attempts, retries)
      const giveUpAt = claim.created_at.getTime() + retries.giveUpAfterMs
      return Date.now() + retryInMs > giveUpAt
        ? { ...attempt, status: "failed", retryInMs: null }
        : { ...attempt, status: "pending", retryInMs }
    }
  }
}

async function outcomeOf(
  composed: Exclude<Composed, { type: "withdrawn" }>,
  transport: Transport
): Promise<DeliveryOutcome> {
  return composed.type === "message"
    ? transport.send(composed.message)
    : { type: "deferred", answer: recordable(composed.reason) }
}

/** Exponential with jitter, so that a mail server that comes back is not stormed. */
function pause(
  attempts: number,
  { firstRetryMs, longestRetryMs }: RetrySettings
): number {
  const full = Math.min(firstRetryMs * 2 ** attempts, longestRetryMs)
  return full * (0.75 + Math.random() / 4)
}

/** One line in the log per outcome; the address masked, the token never there. */
export function logAttempt(
  logger: Logger,
  email: string,
  { claim, status, delivery, lastError }: Attempt
): void {
  const what = `order-claim: ${claim.id} to ${maskAddress(email)}`
  if (status === "sent") {
    logger.info(`${what} sent (${delivery?.answer ?? ""})`)
  } else if (status === "failed") {
    logger.error(`${what} failed: ${lastError ?? ""}`)
  } else if (status === "ineligible") {
    logger.info(`${what} withdrawn: ${lastError ?? ""}`)
  } else {
    logger.warn(`${what} deferred: ${lastError ?? ""}`)
  }
}

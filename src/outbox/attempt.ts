import type { Delivery } from "../claims/claim"
import { maskAddress } from "../email/address"
import type { Logger } from "../log"
import type { DeliverySettings } from "../options/settings"
import type { ClaimRow } from "../rows/claims"
import { recordable } from "../transports/answer"
import type { DeliveryOutcome, Transport } from "../transports/transport"
import type { Composed } from "./compose"
import type { Attempt } from "./record"

/** How long, and how often, temporary failures are tried again. */
export type RetrySettings = Pick<
  DeliverySettings,
  "giveUpAfterMs" | "firstRetryMs" | "longestRetryMs"
>

/** What became of an email, whichever it was. */
interface Fate {
  type: Attempt["fate"]
  delivery?: Delivery
  lastError: string | null
  retryInMs: number | null
}

/** One delivery: hands a composed email to the transport and says what follows. */
export async function attemptDelivery(
  claim: ClaimRow,
  composed: Composed,
  transport: Transport,
  retries: RetrySettings
): Promise<Attempt> {
  const fate = await meet(claim, composed, transport, retries)
  return claim.status === "confirmed"
    ? afterNotice(claim, fate)
    : afterRequest(claim, fate)
}

async function meet(
  claim: ClaimRow,
  composed: Composed,
  transport: Transport,
  retries: RetrySettings
): Promise<Fate> {
  if (composed.type === "withdrawn") {
    return { type: "withdrawn", lastError: composed.reason, retryInMs: null }
  }
  const { type, answer } = await outcomeOf(composed, transport)
  const delivery: Delivery = {
    message: claim.status === "confirmed" ? "claim-confirmed" : "claim-request",
    to: claim.untold[0] ?? "recipient",
    at: new Date().toISOString(),
    outcome: type,
    answer,
  }
  const fate = { delivery, lastError: answer, retryInMs: null }
  switch (type) {
    case "accepted":
      return { ...fate, type: "sent", lastError: null }
    case "refused":
      return { ...fate, type: "failed" }
    case "deferred": {
      const retryInMs = pause(claim.attempts, retries)
      const giveUpAt = claim.queued_at.getTime() + retries.giveUpAfterMs
      return Date.now() + retryInMs > giveUpAt
        ? { ...fate, type: "failed" }
        : { ...fate, type: "deferred", retryInMs }
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

const STATUS_AFTER = {
  sent: "sent",
  failed: "failed",
  deferred: "pending",
  withdrawn: "ineligible",
} as const

function afterRequest(claim: ClaimRow, { type, ...fate }: Fate): Attempt {
  return { claim, fate: type, status: STATUS_AFTER[type], untold: [], ...fate }
}

/**
 * The claim stays confirmed, whatever becomes of the email. Each party has its
 * turn: one whose mail server is away keeps no other from being told.
 */
function afterNotice(claim: ClaimRow, { type, ...fate }: Fate): Attempt {
  const [party, ...others] = claim.untold
  const attempt = { claim, fate: type, status: claim.status, ...fate }
  if (type === "deferred" && party) {
    return { ...attempt, untold: [...others, party] }
  }
  return { ...attempt, untold: others, retryInMs: others.length ? 0 : null }
}

/** One line in the log per outcome; the address masked, the token never there. */
export function logAttempt(
  logger: Logger,
  email: string,
  { claim, fate, delivery, lastError }: Attempt
): void {
  const notice = claim.status === "confirmed" ? " (claim-confirmed)" : ""
  const what = `order-claim: ${claim.id}${notice} to ${maskAddress(email)}`
  switch (fate) {
    case "sent":
      return logger.info(`${what} sent (${delivery?.answer ?? ""})`)
    case "failed":
      return logger.error(`${what} failed: ${lastError ?? ""}`)
    case "withdrawn":
      return logger.info(`${what} withdrawn: ${lastError ?? ""}`)
    case "deferred":
      return logger.warn(`${what} deferred: ${lastError ?? ""}`)
  }
}

import type { Delivery } from "../claims/claim"
import type { ClaimRow } from "../db/claims"
import type { Attempt } from "../db/record-attempts"
import type { DeliveryOutcome, Transport } from "../transports/transport"
import { maskAddress, maskAddresses } from "../values/email-address"
import type { Logger } from "../values/logger"
import { redact } from "../values/redact"
import type { Composed, ComposedClaim } from "./compose"
import { messageOf } from "./plan-email"

/** The pauses between retries of temporary failures, and their end; in milliseconds. */
export interface RetrySettings {
  giveUpAfterMs: number
  firstRetryMs: number
  longestRetryMs: number
}

/** The outcome of an attempt, for either message. */
interface Outcome {
  type: Exclude<Attempt["outcome"], "unsent">
  delivery?: Delivery
  lastError: string | null
  retryInMs: number | null
}

/** Hands a composed email to the transport, and decides what follows from the outcome. */
export async function attemptDelivery(
  composed: ComposedClaim,
  transport: Pick<Transport, "send">,
  retries: RetrySettings
): Promise<Attempt> {
  const { claim } = composed
  const outcome = await deliver(composed, transport, retries)
  return messageOf(claim) === "claim-request"
    ? afterRequest(claim, outcome)
    : afterNotice(claim, outcome)
}

/** The outcome of an attempt that was counted but not made: the claim is due at once. */
export function notMade(claim: ClaimRow): Attempt {
  const { status, to_notify, last_error: lastError } = claim
  return {
    claim,
    outcome: "unsent",
    status,
    to_notify,
    lastError,
    retryInMs: 0,
  }
}

async function deliver(
  { claim, composed }: ComposedClaim,
  transport: Pick<Transport, "send">,
  retries: RetrySettings
): Promise<Outcome> {
  if (composed.type === "withdrawn") {
    return { type: "withdrawn", lastError: composed.reason, retryInMs: null }
  }
  if (composed.type === "exhausted") {
    return { type: "failed", lastError: composed.reason, retryInMs: null }
  }
  const { type, response } = await send(composed, transport)
  const delivery: Delivery = {
    message: messageOf(claim),
    to: claim.to_notify[0] ?? "recipient",
    at: new Date().toISOString(),
    outcome: type,
    response,
  }
  const outcome = { delivery, lastError: response, retryInMs: null }
  switch (type) {
    case "accepted":
      return { ...outcome, type: "sent", lastError: null }
    case "refused":
      return { ...outcome, type: "failed" }
    case "deferred": {
      const retryInMs = pause(claim.deferrals, retries)
      const giveUpAt = claim.retries_since.getTime() + retries.giveUpAfterMs
      return Date.now() + retryInMs > giveUpAt
        ? { ...outcome, type: "failed" }
        : { ...outcome, type: "deferred", retryInMs }
    }
  }
}

async function send(
  composed: Extract<Composed, { type: "message" | "broken" }>,
  transport: Pick<Transport, "send">
): Promise<DeliveryOutcome> {
  if (composed.type === "broken") {
    return { type: "deferred", response: redact(composed.reason) }
  }
  const { message } = composed
  return transport.send(message).catch((error: unknown) => ({
    type: "deferred",
    response: redact(error, message.secret),
  }))
}

/** Grows exponentially, with jitter, so that a recovering mail server is not flooded. */
function pause(
  deferrals: number,
  { firstRetryMs, longestRetryMs }: RetrySettings
): number {
  const full = Math.min(firstRetryMs * 2 ** deferrals, longestRetryMs)
  return full * (0.75 + Math.random() / 4)
}

const STATUS_AFTER = {
  sent: "sent",
  failed: "failed",
  deferred: "pending",
  withdrawn: "ineligible",
} as const

function afterRequest(claim: ClaimRow, { type, ...outcome }: Outcome): Attempt {
  return {
    ...outcome,
    claim,
    outcome: type,
    status: STATUS_AFTER[type],
    to_notify: [],
  }
}

/**
 * The claim stays confirmed or reverted, whatever the outcome. The sides take turns, so that
 * one whose mail server does not answer does not delay the other.
 */
function afterNotice(claim: ClaimRow, { type, ...outcome }: Outcome): Attempt {
  const [party, ...others] = claim.to_notify
  const attempt = { ...outcome, claim, outcome: type, status: claim.status }
  if (type === "deferred" && party) {
    return { ...attempt, to_notify: [...others, party] }
  }
  const retryInMs = others.length ? 0 : null
  return { ...attempt, to_notify: others, retryInMs }
}

/** Logs one line per outcome, with addresses masked and without the token. */
export function logAttempt(
  logger: Logger,
  email: string,
  { claim, outcome, delivery, lastError }: Attempt
): void {
  const message = messageOf(claim)
  const notice = message === "claim-request" ? "" : ` (${message})`
  const what = `order-claim: ${claim.id}${notice} to ${maskAddress(email)}`
  // A mail server quotes the address, and an error may.
  const why = maskAddresses(lastError ?? "")
  switch (outcome) {
    case "sent":
      return logger.info(
        `${what} sent (${maskAddresses(delivery?.response ?? "")})`
      )
    case "failed":
      return logger.error(`${what} failed: ${why}`)
    case "withdrawn":
      return logger.info(`${what} withdrawn: ${why}`)
    case "deferred":
      return logger.warn(`${what} deferred: ${why}`)
    case "unsent":
  }
}

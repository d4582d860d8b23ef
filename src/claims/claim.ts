/**
 * What may be true of a claim.
 *
 * `pending → sent → confirmed | declined | canceled`; `failed` gave up mailing;
 * `throttled` and `ineligible` are on record but never mailed. Expiry is a
 * date, not a status.
 */
export type ClaimStatus =
  | "pending"
  | "sent"
  | "confirmed"
  | "declined"
  | "canceled"
  | "failed"
  | "throttled"
  | "ineligible"

/** Who decided what became of a claim. */
export type Decider = "recipient" | "claimant" | "admin"

/** Who is told of a confirm. */
export type Party = "recipient" | "claimant"

/** One attempt to hand an email to the transport, and its outcome. */
export interface Delivery {
  message: "claim-request" | "claim-confirmed"
  /** Whose email it was; a `claim-request` may be resent to another address. */
  to: Party
  /** ISO 8601, UTC. */
  at: string
  outcome: "accepted" | "deferred" | "refused"
  /** The mail server's words, or the reason it could not be asked. */
  answer: string
}

/** One request by one customer for the orders of one email address. */
export interface Claim {
  id: string
  /** The claimant: the logged-in customer who asks. */
  customer_id: string
  /** The recipient: the address on the orders. */
  email: string
  order_ids: string[]
  status: ClaimStatus
  /** Only the newest generation of the token confirms. */
  token_generation: number
  token_issued_at: Date
  expires_at: Date
  /** The generation that confirmed; {@link EVENT_TOKEN_GENERATION} for the event's own token. */
  confirmed_generation: number | null
  /** Who confirmed, declined or canceled. */
  resolved_by: Decider | null
  /** The orders that changed hands when it was confirmed. */
  moved_order_ids: string[]
  /** Who still has to be told of the confirm. */
  untold: Party[]
  /** BCP 47, of the order; `null` if it tells none, and then the shop's. */
  locale: string | null
  attempts: number
  last_error: string | null
  created_at: Date
  /** Since when there is an email to send: opened, renewed or confirmed. */
  queued_at: Date
}

/**
 * Generations count from 1. Core's own token, the one in the event, is not
 * ours to renew: it stands beside generation 1 and dies with it.
 */
export const EVENT_TOKEN_GENERATION = 0

/** The most orders that one claim holds: what core's 100 kB body limit lets through. */
export const MAX_ORDERS_PER_CLAIM = 3000

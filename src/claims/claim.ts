/**
 * Every status a claim can have.
 *
 * `pending → sent → confirmed | declined | canceled`; `requested`: its orders are not
 * looked up yet; `failed`: the mail was refused or given up; `throttled` and
 * `ineligible`: recorded, but not mailed; `reverted`: confirmed, then given back.
 * Expiry is a date, not a status.
 */
export const CLAIM_STATUSES = [
  "requested",
  "pending",
  "sent",
  "confirmed",
  "reverted",
  "declined",
  "canceled",
  "failed",
  "throttled",
  "ineligible",
] as const

/** One of {@link CLAIM_STATUSES}. */
export type ClaimStatus = (typeof CLAIM_STATUSES)[number]

/**
 * The origin of a claim: `order_ids` is core's own request, `address` a request without
 * ids, `registration` an offer to a new account, which nobody asked for, and `staff` a
 * request of the shop's staff on the customer's behalf.
 */
export type ClaimOrigin = "order_ids" | "address" | "registration" | "staff"

/** The side that ended a claim, or gave its orders back. */
export type Decider = "recipient" | "claimant" | "admin"

/** The two sides of a claim: both get a mail after a confirm. */
export type Party = "recipient" | "claimant"

/** One attempt to send an email, and its outcome. */
export interface Delivery {
  message: "claim-request" | "claim-confirmed" | "claim-reverted"
  /** The side it was mailed to; a `claim-request` may be resent to another address. */
  to: Party
  /** ISO 8601, UTC. */
  at: string
  outcome: "accepted" | "deferred" | "refused"
  /** The mail server's reply, or the error if there was none. */
  response: string
}

/** A decision on a claim. A `lift` ends the block of a decline or a revert. */
export interface HistoryEntry {
  action: "confirm" | "revert" | "decline" | "cancel" | "lift"
  by: Decider
  /** ISO 8601, UTC. */
  at: string
  /** The member of the staff, where `by` is `admin`. */
  user_id?: string
}

/** An order that was moved, and the customer it came from. */
export interface MovedOrder {
  id: string
  customer_id: string
  /** Its former address, if it was not written exactly like the claim's. */
  email?: string
  /** Set if that customer was registered, which a shop can allow. */
  has_account?: true
}

/** One request by one customer for the orders of one email address. */
export interface Claim {
  id: string
  /** The claimant: the logged-in customer who asks. */
  customer_id: string
  /** The recipient: the address on the orders. */
  email: string
  /** If the claim was asked for without ids: empty until the orders are looked up. */
  order_ids: string[]
  status: ClaimStatus
  origin: ClaimOrigin
  /** The member of the staff who asked on the customer's behalf. */
  requested_by: string | null
  /** The number of the only order that was asked for; `null` for all orders. */
  display_id: number | null
  /** Restricts a claim without ids to orders of these sales channels. */
  sales_channel_ids: string[] | null
  /**
   * True if the recipient was the claimant's own address when the claim was opened or
   * mailed. Medusa verifies no address, so only the claimant may confirm then.
   */
  own_address: boolean
  /** The passwords tried with the newest link, on the hosted page. */
  password_attempts: number
  /** Only the newest generation of the token confirms. */
  token_generation: number
  token_issued_at: Date
  expires_at: Date
  /** The generation of the token that confirmed. */
  confirmed_generation: number | null
  /** The side that confirmed, declined or canceled. */
  resolved_by: Decider | null
  /** The time of the confirm, decline or cancel. */
  resolved_at: Date | null
  /** The orders that were moved by the confirm. */
  moved_orders: MovedOrder[]
  /** The time at which they were given back. */
  reverted_at: Date | null
  /** The side that gave the orders back. */
  reverted_by: Decider | null
  /** The moved orders that were given back. */
  reverted_order_ids: string[]
  /** The sides that still have to get their mail about the confirm, or its revert. */
  to_notify: Party[]
  /** BCP 47, from the order; `null` if it has none: then the option `locale` is used. */
  locale: string | null
  attempts: number
  last_error: string | null
  created_at: Date
  /**
   * The start of `delivery.give_up_after` and of the pauses between attempts: the time
   * at which the claim was opened, last renewed, confirmed or reverted (for the emails
   * that follow), or at which staff last put it into the outbox again. Not a column.
   */
  retries_since: Date
}

/**
 * The generation of core's own token, the one in the event. The plugin cannot
 * renew it: it is valid together with the first link, generation 1.
 */
export const EVENT_TOKEN_GENERATION = 0

/** The number of wrong passwords after which a link stops working. */
export const MAX_PASSWORD_ATTEMPTS = 5

/** The most orders that one claim can have: core's body limit of 100 kB allows no more. */
export const MAX_ORDERS_PER_CLAIM = 3000

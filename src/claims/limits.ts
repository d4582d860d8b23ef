import type { Claim } from "./claim"

/** At most `count` links or mails in any `windowMs` milliseconds. */
export interface Limit {
  count: number
  windowMs: number
}

/**
 * The limits on mailed links. Of several for one side, each holds. A claim over one of
 * them is recorded as `throttled`.
 */
export interface Limits {
  perRecipient: Limit[]
  perCustomer: Limit[]
}

/** The requests without ids that are allowed for each claim within the limit. */
const REQUESTS_PER_CLAIM = 5

/**
 * Makes the limits on a customer's requests without ids, mailed or not, which are
 * refused above them. A claim over `perCustomer` is only recorded, and the record itself
 * needs a bound: each takes a turn of the worker that looks up orders.
 */
export function requestLimits({ perCustomer }: Limits): Limit[] {
  return perCustomer.map(({ count, windowMs }) => ({
    count: count * REQUESTS_PER_CLAIM,
    windowMs,
  }))
}

/**
 * The reasons on record for a claim over a limit. A claim over its customer's limit does
 * not count against it, one over its recipient's may.
 */
export const OVER_LIMIT = {
  recipient: "over the limit for this address",
  customer: "over the limit for this customer",
} as const

/** The reason on record for a claim over a limit. */
export type OverLimit = (typeof OVER_LIMIT)[keyof typeof OVER_LIMIT]

/**
 * The number of links mailed so far, within the window of each limit, in the order of
 * the limits.
 */
export type Counts = number[]

/** The counts so far: by address in lower case, and by customer id. */
export interface Tally {
  perRecipient: Map<string, Counts>
  perCustomer: Map<string, Counts>
}

/**
 * Counts one more claim, unless that would be over a limit.
 *
 * @returns the limit that the claim is over, the tally unchanged; `undefined` if it counted
 */
export function takeFromLimits(
  claim: Pick<Claim, "customer_id" | "email">,
  tally: Tally,
  { perRecipient, perCustomer }: Limits
): OverLimit | undefined {
  const recipient = claim.email.toLowerCase()
  const toRecipient = withOneMore(
    tally.perRecipient.get(recipient),
    perRecipient
  )
  const forCustomer = withOneMore(
    tally.perCustomer.get(claim.customer_id),
    perCustomer
  )
  if (isOver(forCustomer, perCustomer)) return OVER_LIMIT.customer
  if (isOver(toRecipient, perRecipient)) return OVER_LIMIT.recipient

  tally.perRecipient.set(recipient, toRecipient)
  tally.perCustomer.set(claim.customer_id, forCustomer)
  return undefined
}

/**
 * Counts one more mail to a recipient, unless that would be over a limit.
 *
 * @returns true if it is within the limits; if not, the counts are unchanged
 */
export function takeForRecipient(
  email: string,
  mailed: Tally["perRecipient"],
  limits: Limit[]
): boolean {
  const recipient = email.toLowerCase()
  const counts = withOneMore(mailed.get(recipient), limits)
  if (isOver(counts, limits)) return false

  mailed.set(recipient, counts)
  return true
}

/** True if one of the counts is over its limit. */
export function isOver(counts: Counts, limits: Limit[]): boolean {
  return limits.some(({ count }, at) => (counts[at] ?? 0) > count)
}

/** True if one more would be over a limit. */
export function isFull(counts: Counts | undefined, limits: Limit[]): boolean {
  return isOver(withOneMore(counts, limits), limits)
}

/** A mail that leaves now lies within every window. */
function withOneMore(counts: Counts = [], limits: Limit[]): Counts {
  return limits.map((_, at) => (counts[at] ?? 0) + 1)
}

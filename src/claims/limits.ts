import type { Claim } from "./claim"

/** At most `count` links in any `windowMs` milliseconds. */
export interface Limit {
  count: number
  windowMs: number
}

/** How many claims are mailed; what is over is recorded as `throttled`. */
export interface Limits {
  perRecipient: Limit
  perCustomer: Limit
}

/** How many links count against the limits already: by address in lower case, and by customer id. */
export interface Tally {
  perRecipient: Map<string, number>
  perCustomer: Map<string, number>
}

/**
 * Counts one more claim, unless that would be over a limit.
 *
 * @returns true if the claim is within the limits; else the tally stays as it is
 */
export function takeFromLimits(
  claim: Pick<Claim, "customer_id" | "email">,
  tally: Tally,
  limits: Limits
): boolean {
  const recipient = claim.email.toLowerCase()
  const mailed = tally.perRecipient.get(recipient) ?? 0
  const asked = tally.perCustomer.get(claim.customer_id) ?? 0
  if (mailed >= limits.perRecipient.count) return false
  if (asked >= limits.perCustomer.count) return false

  tally.perRecipient.set(recipient, mailed + 1)
  tally.perCustomer.set(claim.customer_id, asked + 1)
  return true
}

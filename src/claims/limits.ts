import type { Claim } from "./claim"

/** At most `count` links or mails in any `windowMs` milliseconds. */
export interface Limit {
  count: number
  windowMs: number
}

/** The limits on mailed links. A claim over one of them is recorded as `throttled`. */
export interface Limits {
  perRecipient: Limit
  perCustomer: Limit
}

/** The reason on record for a claim over a limit. */
export const OVER_THE_LIMIT = "over the limit"

/** The number of links mailed so far: by address in lower case, and by customer id. */
export interface Tally {
  perRecipient: Map<string, number>
  perCustomer: Map<string, number>
}

/**
 * Counts one more claim, unless that would be over a limit.
 *
 * @returns true if the claim is within the limits; if not, the tally is unchanged
 */
export function takeFromLimits(
  claim: Pick<Claim, "customer_id" | "email">,
  tally: Tally,
  limits: Limits
): boolean {
  const recipient = claim.email.toLowerCase()
  const toRecipient = tally.perRecipient.get(recipient) ?? 0
  const forCustomer = tally.perCustomer.get(claim.customer_id) ?? 0
  if (toRecipient >= limits.perRecipient.count) return false
  if (forCustomer >= limits.perCustomer.count) return false

  tally.perRecipient.set(recipient, toRecipient + 1)
  tally.perCustomer.set(claim.customer_id, forCustomer + 1)
  return true
}

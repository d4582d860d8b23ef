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

/** Claims that count against a limit already. */
export interface Tally {
  perRecipient: Map<string, number>
  perCustomer: Map<string, number>
}

/**
 * Counts one more claim, unless that would be over a limit.
 *
 * @returns whether the claim is within the limits; the tally is only raised if so
 */
export function takeFromLimits(
  claim: { recipient: string; claimantId: string },
  tally: Tally,
  limits: Limits
): boolean {
  const recipient = claim.recipient.toLowerCase()
  const mailed = tally.perRecipient.get(recipient) ?? 0
  const asked = tally.perCustomer.get(claim.claimantId) ?? 0
  if (mailed >= limits.perRecipient.count) return false
  if (asked >= limits.perCustomer.count) return false

  tally.perRecipient.set(recipient, mailed + 1)
  tally.perCustomer.set(claim.claimantId, asked + 1)
  return true
}

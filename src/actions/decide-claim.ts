import type { Claim } from "../claims/claim"
import type { ClaimRequest } from "../claims/claim-request"
import type { EligibilityRules, OrderFacts } from "../claims/eligibility"
import { ClaimFacts, judgeClaim } from "../claims/judgement"
import { Limits, takeFromLimits, Tally } from "../claims/limits"
import type { NewClaim } from "../db/claims"

/** The rules for opening claims. */
export interface OpeningRules extends EligibilityRules {
  limits: Limits | false
  /** The lifetime of a link, in milliseconds. */
  linkTtlMs: number
}

/** A claim that is asked for, with the way in which to record it. */
export interface AskedClaim extends Pick<
  Claim,
  "customer_id" | "email" | "order_ids"
> {
  /** The order whose notification core writes itself, from what the provider returns. */
  recordedByCore?: string
  /** True if it is confirmed at once: then it needs no email and no notification. */
  unmailed?: boolean
}

/** A request by core's event, with the way in which to record it. */
export type OpeningRequest = ClaimRequest & AskedClaim

/** The decision on a claim. */
export interface Decision extends Pick<NewClaim, "status" | "last_error"> {
  /** The orders that a mail will be about; empty if nothing is mailed. */
  mailed: OrderFacts[]
}

/**
 * Decides whether a claim becomes `pending`, `throttled` or `ineligible`.
 *
 * @param tally - counts the claim if it is within the limits; `false` for no limits
 */
export function decideClaim(
  asked: AskedClaim,
  facts: ClaimFacts<{ has_account: boolean }>,
  tally: Tally | false,
  rules: OpeningRules
): Decision {
  const judgement = judgeClaim(asked, facts, rules)
  if (judgement.type !== "eligible") {
    const { reason } = judgement
    return { status: "ineligible", last_error: reason, mailed: [] }
  }
  if (asked.unmailed) {
    return { status: "pending", last_error: null, mailed: [] }
  }
  const over =
    tally && rules.limits && takeFromLimits(asked, tally, rules.limits)
  if (over) return { status: "throttled", last_error: over, mailed: [] }
  return { status: "pending", last_error: null, mailed: judgement.orders }
}

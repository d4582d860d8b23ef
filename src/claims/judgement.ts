import { parseEmailAddress } from "../values/email-address"
import type { Claim } from "./claim"
import {
  EligibilityRules,
  eligibleOrders,
  explainIneligibility,
  isClaimants,
  OrderFacts,
} from "./eligibility"

/** The facts that decide a claim, as they are in the database now. */
export interface ClaimFacts<Claimant extends { has_account: boolean }> {
  /** The customer who asks; `undefined` if deleted. */
  claimant: Claimant | undefined
  /** The claim's orders; unknown ones are left out. */
  orders: OrderFacts[]
}

/** The outcome of {@link judgeClaim}. */
export type Judgement<Claimant> =
  /** These orders may change hands. */
  | { type: "eligible"; claimant: Claimant; orders: OrderFacts[] }
  /** No order is left to move, and the claimant already has some of them. */
  | { type: "done"; claimant: Claimant; reason: string }
  /** None of the orders may change hands. */
  | { type: "ineligible"; reason: string }

/**
 * Decides whether a claim may be mailed, shown, renewed and confirmed. Called when
 * it is opened, looked up or renewed, before every send, and at confirm with the
 * rows locked. The token and the limits are checked separately.
 */
export function judgeClaim<Claimant extends { has_account: boolean }>(
  claim: Pick<Claim, "customer_id" | "email" | "order_ids">,
  { claimant, orders }: ClaimFacts<Claimant>,
  rules: EligibilityRules
): Judgement<Claimant> {
  if (!claimant?.has_account) {
    return { type: "ineligible", reason: "the claimant has no account" }
  }
  if (!parseEmailAddress(claim.email)) {
    const reason = "the orders' address is not one plain email address"
    return { type: "ineligible", reason }
  }
  const eligible = eligibleOrders(orders, claim, rules)
  if (eligible.length) return { type: "eligible", claimant, orders: eligible }

  const reason = explainIneligibility(claim, orders, rules)
  return orders.some((order) => isClaimants(order, claim))
    ? { type: "done", claimant, reason }
    : { type: "ineligible", reason }
}

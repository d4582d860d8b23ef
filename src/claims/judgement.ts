import { parseEmailAddress } from "../values/email-address"
import type { Claim } from "./claim"
import {
  EligibilityRules,
  eligibleOrders,
  explainIneligibility,
  isClaimants,
  OrderFacts,
} from "./eligibility"

/** What decides about a claim, as the database has it now. */
export interface ClaimFacts<Claimant extends { has_account: boolean }> {
  /** The customer who asks; `undefined` once deleted. */
  claimant: Claimant | undefined
  /** The claim's orders; unknown ones are left out. */
  orders: OrderFacts[]
}

/** The outcome of {@link judgeClaim}. */
export type Judgement<Claimant> =
  /** These orders may change hands. */
  | { type: "eligible"; claimant: Claimant; orders: OrderFacts[] }
  /** Nothing is left to move: the claimant has orders of the claim already. */
  | { type: "done"; claimant: Claimant; reason: string }
  /** None of the orders may change hands. */
  | { type: "ineligible"; reason: string }

/**
 * Decides whether a claim may be mailed, shown, renewed and confirmed: when it is
 * opened, before every send, when somebody looks at it, and at confirm with the
 * rows locked. The token and the limits are judged apart from it.
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

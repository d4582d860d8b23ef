import { isSameAddress } from "../values/email-address"
import type { Claim } from "./claim"

/** The facts about an order that decide whether it may be claimed. */
export interface OrderFacts {
  id: string
  email: string
  status: string
  customer_id: string
  /** True if the order's customer is registered, false for a guest. */
  has_account: boolean
  /** True if this claimant's request was declined, and no admin has lifted the decline. */
  is_declined: boolean
}

/** The reason why a claim may not take an order. */
export type Ineligibility =
  | "canceled"
  | "other_address"
  | "owner_has_account"
  | "already_theirs"
  | "declined"

export interface EligibilityRules {
  guestOrdersOnly: boolean
}

/** Finds the reason why a claim may not take an order; `undefined` if it may. */
export function ineligibility(
  order: OrderFacts,
  claim: Pick<Claim, "customer_id" | "email">,
  rules: EligibilityRules
): Ineligibility | undefined {
  if (isClaimants(order, claim)) return "already_theirs"
  if (order.status === "canceled") return "canceled"
  if (!isSameAddress(order.email, claim.email)) return "other_address"
  if (rules.guestOrdersOnly && order.has_account) return "owner_has_account"
  if (order.is_declined) return "declined"
  return undefined
}

/** True if an order is in the claimant's account already. */
export function isClaimants(
  order: Pick<OrderFacts, "customer_id">,
  claim: Pick<Claim, "customer_id">
): boolean {
  return order.customer_id === claim.customer_id
}

/**
 * True if an order that a claim has moved can be given back: it is the claimant's still,
 * and not canceled, as core changes no canceled order.
 */
export function canGoBack(
  order: Pick<OrderFacts, "customer_id" | "status">,
  claim: Pick<Claim, "customer_id">
): boolean {
  return isClaimants(order, claim) && order.status !== "canceled"
}

/** Selects the orders that this claim may take. */
export function eligibleOrders<Order extends OrderFacts>(
  orders: Order[],
  claim: Pick<Claim, "customer_id" | "email">,
  rules: EligibilityRules
): Order[] {
  return orders.filter((order) => !ineligibility(order, claim, rules))
}

const REASONS: Record<Ineligibility, string> = {
  canceled: "canceled",
  other_address: "on another email address",
  owner_has_account: "of a customer with an account",
  already_theirs: "already the claimant's",
  declined: "declined by its recipient",
}

/** Explains the refusal, for `last_error`: `no order may be claimed: 1 canceled, 2 unknown`. */
export function explainIneligibility(
  claim: Pick<Claim, "customer_id" | "email" | "order_ids">,
  orders: OrderFacts[],
  rules: EligibilityRules
): string {
  return `no order may be claimed: ${countReasons(claim, orders, rules)}`
}

/** Counts the orders of a claim that it may not take, by reason: `1 canceled, 2 unknown`. */
export function countReasons(
  claim: Pick<Claim, "customer_id" | "email" | "order_ids">,
  orders: OrderFacts[],
  rules: EligibilityRules
): string {
  const counts = new Map<string, number>()
  const count = (reason: string, by = 1) =>
    counts.set(reason, (counts.get(reason) ?? 0) + by)

  const unknown = claim.order_ids.length - orders.length
  if (unknown > 0) count("unknown", unknown)
  for (const order of orders) {
    const reason = ineligibility(order, claim, rules)
    if (reason) count(REASONS[reason])
  }
  return [...counts].map(([reason, n]) => `${n} ${reason}`).join(", ")
}

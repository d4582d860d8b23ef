import type { Delivery, Party } from "../claims/claim"
import {
  EligibilityRules,
  isClaimants,
  OrderFacts,
} from "../claims/eligibility"
import { judgeClaim } from "../claims/judgement"
import type { LoadedFacts } from "../db/claim-facts"
import type { ClaimRow } from "../db/claims"
import type { CustomerRow } from "../db/customers"
import { parseEmailAddress } from "../values/email-address"

/** The email that a claim in the outbox needs, before it is written. */
export type EmailPlan =
  /** The mail with the link; `orders` are those that may change hands. */
  | {
      type: "request"
      claim: ClaimRow
      claimant: CustomerRow
      orders: OrderFacts[]
    }
  /**
   * The mail about a confirmation, or its revert, to one side; `orders` are those that
   * changed hands.
   */
  | {
      type: "notice"
      claim: ClaimRow
      claimant: CustomerRow
      party: Party
      to: string
      orders: OrderFacts[]
    }
  /** There is nothing left to mail. */
  | { type: "withdrawn"; claim: ClaimRow; reason: string }
  /** It may have been mailed several times already. */
  | { type: "exhausted"; claim: ClaimRow; reason: string }

/**
 * The most attempts without a recorded outcome. Each may have been mailed: the server
 * died before it could record it, or the database refused it.
 */
const MAX_UNRECORDED = 3

/**
 * Plans a claim's email: for a claim that was confirmed or reverted a notice, for any
 * other the request. The claim is judged again: an order that changed hands or addresses
 * since it was opened is left out.
 */
export function planEmail(
  claim: ClaimRow,
  facts: LoadedFacts,
  rules: EligibilityRules
): EmailPlan {
  if (claim.unrecorded_attempts >= MAX_UNRECORDED) {
    const reason = `given up after ${MAX_UNRECORDED} attempts whose outcome could not be recorded`
    return { type: "exhausted", claim, reason }
  }
  return messageOf(claim) === "claim-request"
    ? planRequest(claim, facts, rules)
    : planNotice(claim, facts)
}

/** The message that a claim in the outbox is about to send. */
export function messageOf({
  status,
  reverted_at,
}: Pick<ClaimRow, "status" | "reverted_at">): Delivery["message"] {
  // Whatever became of its block: it may have been lifted.
  if (reverted_at) return "claim-reverted"
  return status === "confirmed" ? "claim-confirmed" : "claim-request"
}

function planRequest(
  claim: ClaimRow,
  facts: LoadedFacts,
  rules: EligibilityRules
): EmailPlan {
  const judgement = judgeClaim(claim, facts, rules)
  if (judgement.type !== "eligible") {
    return { type: "withdrawn", claim, reason: judgement.reason }
  }
  const { claimant, orders } = judgement
  return { type: "request", claim, claimant, orders }
}

function planNotice(
  claim: ClaimRow,
  { claimant, orders }: LoadedFacts
): EmailPlan {
  const [party] = claim.to_notify
  // An order may have changed hands again since.
  const about =
    messageOf(claim) === "claim-reverted"
      ? given(orders, claim)
      : taken(orders, claim)
  if (!party || !claimant || !about.length) {
    const reason = "the orders have changed hands again"
    return { type: "withdrawn", claim, reason }
  }
  const to = party === "recipient" ? claim.email : claimant.email
  return parseEmailAddress(to)
    ? { type: "notice", claim, claimant, party, to, orders: about }
    : { type: "withdrawn", claim, reason: "not one plain email address" }
}

/** Selects the orders that a confirm has moved, and that are the claimant's still. */
function taken(orders: OrderFacts[], claim: ClaimRow): OrderFacts[] {
  const moved = new Set(claim.moved_orders.map(({ id }) => id))
  return orders.filter(
    (order) => moved.has(order.id) && isClaimants(order, claim)
  )
}

/** Selects the orders that were given back, and are not the claimant's again. */
function given(orders: OrderFacts[], claim: ClaimRow): OrderFacts[] {
  const reverted = new Set(claim.reverted_order_ids)
  return orders.filter(
    (order) => reverted.has(order.id) && !isClaimants(order, claim)
  )
}

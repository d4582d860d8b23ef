import { eligibleOrders, OrderFacts } from "../claims/eligibility"
import { OrderClaimRefusal } from "../claims/refusal"
import { ClaimRow, lockClaim, raiseGeneration } from "../rows/claims"
import type { Queryable } from "../rows/database"
import type { OpeningRules } from "./decide"
import { loadOrderFacts } from "../rows/orders"

/**
 * Prepares a resend, in a transaction of its own: checks the claim again and
 * raises the token's generation, so that every older link is dead.
 *
 * @returns the claim with its new generation
 * @throws {OrderClaimRefusal} with a sentence for the admin
 */
export async function prepareResend(
  db: Queryable,
  claimId: string,
  rules: OpeningRules
): Promise<ClaimRow> {
  const claim = await lockClaim(db, { id: claimId })
  if (!claim) {
    throw new OrderClaimRefusal(
      "order_claim_invalid",
      "The order claim of this notification does not exist any more."
    )
  }
  const factsOf = await loadOrderFacts(db, [claim])
  refuseIfOver(claim, factsOf(claim), rules)
  return raiseGeneration(db, claim.id, rules.linkTtlMs)
}

function refuseIfOver(
  claim: ClaimRow,
  orders: OrderFacts[],
  rules: OpeningRules
): void {
  switch (claim.status) {
    case "confirmed":
      throw new OrderClaimRefusal(
        "order_claim_used",
        "This order claim has been confirmed: there is nothing left to mail."
      )
    case "declined":
      throw new OrderClaimRefusal("order_claim_declined")
    case "canceled":
      throw new OrderClaimRefusal("order_claim_canceled")
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
      if (eligibleOrders(orders, claim, rules).length) return
      throw new OrderClaimRefusal("order_claim_stale")
  }
}

import type { PresentedToken } from "../claims/claim-token"
import type { EligibilityRules, OrderFacts } from "../claims/eligibility"
import { judgeClaim } from "../claims/judgement"
import { LinkStatus, linkStatusOf } from "../claims/link-status"
import { OrderClaimRefusal } from "../claims/refusal"
import { loadClaimFacts } from "../db/claim-facts"
import type { ClaimRow } from "../db/claims"
import type { CustomerRow } from "../db/customers"
import type { Queryable } from "../db/database"
import { loadListedOrders } from "../db/orders"
import { pickById } from "../db/pick"
import { LISTED_ORDERS, OrderSource } from "../email/order-view"
import { findPresentedClaim, requireClaim } from "./presented-claim"

/** A presented token, judged with its claim and its orders. */
export type ExaminedClaim = {
  /** The language of the mail with the link; `null` for the shop's own. */
  locale: string | null
} & (
  | { status: "open"; question: Question }
  | { status: Exclude<LinkStatus, "open" | "invalid"> }
)

/** The details of an open claim, on which its reader decides. */
export interface Question {
  expiresAt: Date
  claimant: CustomerRow
  /** The number of orders that would change hands. */
  orderCount: number
  /** The first ten of them. */
  orders: OrderSource[]
}

/**
 * Examines the claim of a token. Changes and locks nothing.
 *
 * @throws {OrderClaimRefusal} if no claim has this token
 */
export async function examineClaim(
  db: Queryable,
  token: PresentedToken,
  rules: EligibilityRules
): Promise<ExaminedClaim> {
  const claim = requireClaim(await findPresentedClaim(db, token))
  const { locale } = claim
  const status = linkStatusOf(claim, token, new Date())
  if (status === "invalid") throw new OrderClaimRefusal("order_claim_invalid")
  if (status !== "open") return { locale, status }

  const factsOf = await loadClaimFacts(db, [claim])
  const judgement = judgeClaim(claim, factsOf(claim), rules)
  switch (judgement.type) {
    case "eligible": {
      const { claimant, orders } = judgement
      const question = await questionOf(db, claim, claimant, orders)
      return { locale, status, question }
    }
    case "done":
      return { locale, status: "confirmed" }
    case "ineligible":
      return { locale, status: "stale" }
  }
}

async function questionOf(
  db: Queryable,
  claim: ClaimRow,
  claimant: CustomerRow,
  orders: OrderFacts[]
): Promise<Question> {
  const ids = orders.slice(0, LISTED_ORDERS).map(({ id }) => id)
  return {
    expiresAt: claim.expires_at,
    claimant,
    orderCount: orders.length,
    orders: pickById(await loadListedOrders(db, ids), ids),
  }
}

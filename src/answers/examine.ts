import type { PresentedToken } from "../claims/claim-token"
import { eligibleOrders } from "../claims/eligibility"
import { OrderClaimRefusal } from "../claims/refusal"
import { Standing, standingOf } from "../claims/standing"
import { LISTED_ORDERS, OrderSource } from "../email/order-view"
import type { OpeningRules } from "../outbox/decide"
import type { ClaimRow } from "../rows/claims"
import { CustomerRow, loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { loadListedOrders, loadOrderFacts } from "../rows/orders"
import { pick } from "../rows/pick"
import { existing, findPresentedClaim } from "./presented"

/** What a presented token is worth, with its orders looked at. */
export type ExaminedClaim = {
  /** In which language its reader was written to. */
  locale: string | null
} & (
  | { standing: "open"; question: Question }
  | { standing: Exclude<Standing, "open" | "invalid"> }
)

/** What the reader of an open claim is asked. */
export interface Question {
  expiresAt: Date
  claimant: CustomerRow
  /** How many orders would change hands. */
  orderCount: number
  /** The first ten of them. */
  orders: OrderSource[]
}

/**
 * Looks at a claim with its token. Changes nothing, and locks nothing.
 *
 * @throws {OrderClaimRefusal} for a token of no claim
 */
export async function examineClaim(
  db: Queryable,
  token: PresentedToken,
  rules: OpeningRules
): Promise<ExaminedClaim> {
  const claim = existing(await findPresentedClaim(db, token))
  const { locale } = claim
  const standing = standingOf(claim, token, new Date())
  if (standing === "invalid") throw new OrderClaimRefusal("order_claim_invalid")
  if (standing !== "open") return { locale, standing }

  const asked = await questionOf(db, claim, rules)
  return typeof asked === "string"
    ? { locale, standing: asked }
    : { locale, standing, question: asked }
}

async function questionOf(
  db: Queryable,
  claim: ClaimRow,
  rules: OpeningRules
): Promise<Question | "confirmed" | "stale"> {
  const factsOf = await loadOrderFacts(db, [claim])
  const facts = factsOf(claim)
  const eligible = eligibleOrders(facts, claim, rules)
  const claimants = await loadCustomers(db, [claim.customer_id])
  const claimant = claimants.get(claim.customer_id)
  if (!claimant?.has_account) return "stale"
  if (!eligible.length) {
    const isDone = facts.some((o) => o.customer_id === claim.customer_id)
    return isDone ? "confirmed" : "stale"
  }
  const ids = eligible.slice(0, LISTED_ORDERS).map(({ id }) => id)
  return {
    expiresAt: claim.expires_at,
    claimant,
    orderCount: eligible.length,
    orders: pick(await loadListedOrders(db, ids), ids),
  }
}

import type { PresentedToken } from "../claims/claim-token"
import { eligibleOrders } from "../claims/eligibility"
import { OrderClaimRefusal } from "../claims/refusal"
import { Standing, standingOf } from "../claims/standing"
import { LISTED_ORDERS, OrderSource, TITLE_LENGTH } from "../email/order-view"
import { PersonView, personView } from "../email/person-view"
import { plainText } from "../email/plain-text"
import type { OpeningRules } from "../outbox/decide"
import { loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { loadListedOrders, loadOrderFacts } from "../rows/orders"
import { pick } from "../rows/pick"
import { existing, findPresentedClaim } from "./presented"

/** What a page may show to the holder of a link. */
export type ClaimLookup =
  | {
      status: "open"
      /** Until when the link works; ISO 8601, UTC. */
      expires_at: string
      claimant: PersonView
      /** How many orders would change hands. */
      order_count: number
      /** The first ten of them. */
      orders: LookedUpOrder[]
    }
  /** Of a link that is of no use any more the status alone. */
  | { status: Exclude<Standing, "open" | "invalid"> }

export interface LookedUpOrder {
  display_id: number
  /** ISO 8601, UTC. */
  created_at: string
  /** How many lines the order has. */
  item_count: number
  /** The first five of them. */
  items: { title: string; quantity: number }[]
}

/**
 * Looks at a claim with its token. Changes nothing, and locks nothing.
 *
 * @throws {OrderClaimRefusal} for a token of no claim
 */
export async function lookUpClaim(
  db: Queryable,
  token: PresentedToken,
  rules: OpeningRules
): Promise<ClaimLookup> {
  const claim = existing(await findPresentedClaim(db, token))
  const status = standingOf(claim, token, new Date())
  if (status === "invalid") throw new OrderClaimRefusal("order_claim_invalid")
  if (status !== "open") return { status }

  const factsOf = await loadOrderFacts(db, [claim])
  const orders = factsOf(claim)
  const eligible = eligibleOrders(orders, claim, rules)
  const claimants = await loadCustomers(db, [claim.customer_id])
  const claimant = claimants.get(claim.customer_id)
  if (!claimant?.has_account) return { status: "stale" }
  if (!eligible.length) {
    const isDone = orders.some((o) => o.customer_id === claim.customer_id)
    return { status: isDone ? "confirmed" : "stale" }
  }

  const ids = eligible.slice(0, LISTED_ORDERS).map(({ id }) => id)
  const listed = pick(await loadListedOrders(db, ids), ids)
  return {
    status,
    expires_at: claim.expires_at.toISOString(),
    claimant: personView(claimant),
    order_count: eligible.length,
    orders: listed.map(lookedUp),
  }
}

function lookedUp(order: OrderSource): LookedUpOrder {
  return {
    display_id: order.display_id,
    created_at: order.created_at.toISOString(),
    item_count: order.item_count,
    items: order.items.map(({ title, quantity }) => ({
      title: plainText(title, TITLE_LENGTH),
      quantity,
    })),
  }
}

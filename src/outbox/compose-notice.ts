import type { OrderFacts } from "../claims/eligibility"
import { parseEmailAddress } from "../email/address"
import { claimConfirmedView } from "../email/confirmed-view"
import { LISTED_ORDERS } from "../email/order-view"
import type { ClaimRow } from "../rows/claims"
import { pick } from "../rows/pick"
import type { Composed, Composing, Loaded } from "./compose"
import { messageOf } from "./message"

/** The orders that a notice shows: the first of those that changed hands. */
export function listedInNotice(
  orders: OrderFacts[],
  claim: ClaimRow
): string[] {
  return theirs(orders, claim)
    .slice(0, LISTED_ORDERS)
    .map((order) => order.id)
}

/** Tells whoever is next that the orders are the claimant's now. */
export async function composeNotice(
  claim: ClaimRow,
  { factsOf, listed, claimants, storeName }: Loaded,
  { settings, texts, renderer }: Composing
): Promise<Composed> {
  const [party] = claim.untold
  const claimant = claimants.get(claim.customer_id)
  const orders = factsOf(claim)
  const count = theirs(orders, claim).length
  if (!party || !claimant || !count) {
    return { type: "withdrawn", reason: "the orders are not the claimant's" }
  }
  const to = party === "recipient" ? claim.email : claimant.email
  if (!parseEmailAddress(to)) {
    return { type: "withdrawn", reason: "not one plain email address" }
  }
  const facts = {
    locale: claim.locale ?? settings.locale,
    brand: settings.brand,
    storeName,
    party,
    recipient: claim.email,
    claimant,
    orders: pick(listed, listedInNotice(orders, claim)),
    orderCount: count,
    confirmedAt: claim.queued_at,
  }
  const email = await renderer.render(claimConfirmedView(facts, texts))
  const key = `${claim.id}.confirmed.${party}`
  return { type: "message", message: messageOf(email, to, key, settings) }
}

/** What changed hands, unless it has gone on since. */
function theirs(orders: OrderFacts[], claim: ClaimRow): OrderFacts[] {
  const moved = new Set(claim.moved_order_ids)
  return orders.filter(
    ({ id, customer_id }) => customer_id === claim.customer_id && moved.has(id)
  )
}

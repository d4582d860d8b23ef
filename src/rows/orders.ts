import type { Claim } from "../claims/claim"
import type { OrderFacts } from "../claims/eligibility"
import { LISTED_ITEMS, OrderSource } from "../email/order-view"
import type { Queryable } from "./database"
import { byId, pick } from "./pick"

/** A claimant and what they ask for. */
export type AskedOrders = Pick<Claim, "customer_id" | "order_ids">

/** What decides about the orders of a claim; unknown orders are left out. */
export type FactsOf = (claim: AskedOrders) => OrderFacts[]

const FACTS = `
  SELECT o.id, o.email, o.status, o.customer_id, c.has_account
  FROM "order" o JOIN customer c ON c.id = o.customer_id
  WHERE o.id = ANY($1)
`

/** Loads what decides whether the orders of these claims may be claimed. */
export async function loadOrderFacts(
  db: Queryable,
  claims: AskedOrders[]
): Promise<FactsOf> {
  const orderIds = claims.flatMap((claim) => claim.order_ids)
  const orders = await db.query<OrderFacts>(FACTS, [orderIds])
  return withDeclines(db, claims, orders)
}

/**
 * The same for one claim, with the rows locked until the transaction ends.
 * Always by id, so that two confirms of the same orders wait for each other
 * instead of dying in a deadlock. In two statements: the one that waits for a
 * lock would see the order's new customer beside the old one's row, and drop
 * the order.
 */
export async function lockOrderFacts(
  db: Queryable,
  claim: AskedOrders
): Promise<OrderFacts[]> {
  await db.query(
    'SELECT id FROM "order" WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [claim.order_ids]
  )
  const orders = await db.query<OrderFacts>(
    `${FACTS} ORDER BY o.id FOR SHARE OF c`,
    [claim.order_ids]
  )
  const factsOf = await withDeclines(db, [claim], orders)
  return factsOf(claim)
}

async function withDeclines(
  db: Queryable,
  claims: AskedOrders[],
  orders: Omit<OrderFacts, "is_declined">[]
): Promise<FactsOf> {
  const loaded = byId(orders)
  const declines = await db.query<{ customer_id: string; order_ids: string[] }>(
    `SELECT customer_id, order_ids FROM order_claim
     WHERE status = 'declined' AND customer_id = ANY($1)`,
    [claims.map((claim) => claim.customer_id)]
  )
  return ({ customer_id, order_ids }) => {
    const declined = new Set(
      declines.flatMap((decline) =>
        decline.customer_id === customer_id ? decline.order_ids : []
      )
    )
    return pick(loaded, order_ids).map((order) => ({
      ...order,
      is_declined: declined.has(order.id),
    }))
  }
}

/** What an order tells of its reader's language. */
export interface OrderLanguage {
  id: string
  /** What the storefront wrote into the context of its cart. */
  cart_locale: string | null
  /** Where it was shipped to: ISO 3166-1, two letters. */
  country: string | null
}

export async function loadOrderLanguages(
  db: Queryable,
  orderIds: string[]
): Promise<Map<string, OrderLanguage>> {
  const rows = await db.query<OrderLanguage>(
    `SELECT o.id, cart.context->>'locale' AS cart_locale,
       address.country_code AS country
     FROM "order" o
     LEFT JOIN cart ON cart.id = o.cart_id
     LEFT JOIN address ON address.id = o.shipping_address_id
     WHERE o.id = ANY($1)`,
    [orderIds]
  )
  return byId(rows)
}

/** What an email says of its orders; of a long order the first items. */
export async function loadListedOrders(
  db: Queryable,
  orderIds: string[]
): Promise<Map<string, OrderSource & { id: string }>> {
  const rows = await db.query<OrderSource & { id: string }>(
    `SELECT o.id, o.display_id, o.created_at,
       coalesce(i.items, '[]') AS items, coalesce(i.item_count, 0)::int AS item_count
     FROM "order" o LEFT JOIN LATERAL (
       SELECT
         jsonb_agg(jsonb_build_object(
             'title', title, 'quantity', quantity, 'thumbnail', thumbnail
           ) ORDER BY created_at, id) FILTER (WHERE place <= $2) AS items,
         count(*) AS item_count
       FROM (
         SELECT *, row_number() OVER (ORDER BY created_at, id) AS place
         FROM line_item WHERE order_id = o.id
       ) item
     ) i ON true
     WHERE o.id = ANY($1)`,
    [orderIds, LISTED_ITEMS]
  )
  return byId(rows)
}

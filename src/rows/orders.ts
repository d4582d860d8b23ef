import type { OrderFacts } from "../claims/eligibility"
import { LISTED_ITEMS, OrderSource } from "../email/view"
import type { Queryable } from "./database"
import { byId } from "./pick"

const FACTS = `
  SELECT o.id, o.email, o.status, o.customer_id, c.has_account
  FROM "order" o JOIN customer c ON c.id = o.customer_id
  WHERE o.id = ANY($1)
`

/** What decides whether these orders may be claimed; unknown ids are left out. */
export async function loadOrderFacts(
  db: Queryable,
  orderIds: string[]
): Promise<Map<string, OrderFacts>> {
  return byId(await db.query<OrderFacts>(FACTS, [orderIds]))
}

/**
 * The same with the rows locked until the transaction ends. Always by id, so
 * that two confirms of the same orders wait for each other instead of dying in
 * a deadlock. In two statements: the one that waits for a lock would see the
 * order's new customer beside the old one's row, and drop the order.
 */
export async function lockOrderFacts(
  db: Queryable,
  orderIds: string[]
): Promise<OrderFacts[]> {
  await db.query(
    'SELECT id FROM "order" WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [orderIds]
  )
  return db.query<OrderFacts>(`${FACTS} ORDER BY o.id FOR SHARE OF c`, [
    orderIds,
  ])
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
         jsonb_agg(jsonb_build_object('title', title, 'quantity', quantity)
           ORDER BY created_at, id) FILTER (WHERE place <= $2) AS items,
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

import { type Claim, MAX_ORDERS_PER_CLAIM } from "../claims/claim"
import type { Queryable } from "./database"
import { loadDeclines } from "./declines"

/** The part of a claim that says which orders it asks for, and for whom. */
export type SoughtOrders = Pick<
  Claim,
  "customer_id" | "email" | "display_id" | "sales_channel_ids"
>

/**
 * Finds the orders of guests with this address, the newest first, up to the most that a
 * claim holds. Leaves out canceled ones, and those that were declined to this claimant.
 *
 * Starts from the guest's row, which an index finds; `order.email` has none. Core
 * stores customers' addresses in lower case, but not those of older imports. Where
 * sales channels are switched off, orders have no such column: hence the JSON.
 */
export async function findGuestOrders(
  db: Queryable,
  { customer_id, email, display_id, sales_channel_ids }: SoughtOrders
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT o.id FROM customer c JOIN "order" o ON o.customer_id = c.id
     WHERE c.email = ANY($1) AND NOT c.has_account
       AND lower(o.email) = lower($2) AND o.status <> 'canceled'
       AND ($3::integer IS NULL OR o.display_id = $3)
       AND ($4::text[] IS NULL OR to_jsonb(o)->>'sales_channel_id' = ANY($4))
     ORDER BY o.created_at DESC, o.id DESC LIMIT $5`,
    [
      [email, email.toLowerCase()],
      email,
      display_id,
      sales_channel_ids,
      MAX_ORDERS_PER_CLAIM,
    ]
  )
  const order_ids = rows.map(({ id }) => id)
  const declines = await loadDeclines(db, [{ customer_id, order_ids }])
  return order_ids.filter((id) => !declines.get(customer_id)?.has(id))
}

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
 * Starts from the guest's row, which an index finds; `order.email` has none. Where
 * sales channels are switched off, orders have no such column: hence the JSON.
 */
export async function findGuestOrders(
  db: Queryable,
  { customer_id, email, display_id, sales_channel_ids }: SoughtOrders
): Promise<string[]> {
  const guests = await findGuests(db, email)
  if (!guests.length) return []

  const rows = await db.query<{ id: string }>(
    `SELECT id FROM "order"
     WHERE customer_id = ANY($1) AND lower(email) = lower($2)
       AND status <> 'canceled'
       AND ($3::integer IS NULL OR display_id = $3)
       AND ($4::text[] IS NULL
         OR to_jsonb("order")->>'sales_channel_id' = ANY($4))
     ORDER BY created_at DESC, id DESC LIMIT $5`,
    [guests, email, display_id, sales_channel_ids, MAX_ORDERS_PER_CLAIM]
  )
  const order_ids = rows.map(({ id }) => id)
  const declines = await loadDeclines(db, [{ customer_id, order_ids }])
  return order_ids.filter((id) => !declines.get(customer_id)?.has(id))
}

/**
 * Finds the guests with an address. Core stores addresses in lower case; an import may
 * have stored this one as it is given. A statement of its own: joined with the orders,
 * the planner may prefer to scan these.
 */
async function findGuests(db: Queryable, email: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    // Core's index is of those that are not deleted.
    `SELECT id FROM customer
     WHERE email = ANY($1) AND NOT has_account AND deleted_at IS NULL`,
    [[email, email.toLowerCase()]]
  )
  return rows.map(({ id }) => id)
}

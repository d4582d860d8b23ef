import { LISTED_ITEMS, OrderSource } from "../email/order-view"
import type { Queryable } from "./database"
import { byId } from "./pick"

/** The parts of an order that suggest its reader's language. */
export interface OrderLanguage {
  id: string
  /** The locale that the storefront wrote into the context of the cart. */
  cart_locale: string | null
  /** The country of the shipping address: ISO 3166-1, two letters. */
  country: string | null
}

/** Loads what suggests the language of these orders' readers, by id. */
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

/** Loads the numbers of these orders, by id. */
export async function loadOrderNumbers(
  db: Queryable,
  orderIds: string[]
): Promise<Map<string, { id: string; display_id: number }>> {
  const rows = await db.query<{ id: string; display_id: number }>(
    'SELECT id, display_id FROM "order" WHERE id = ANY($1)',
    [orderIds]
  )
  return byId(rows)
}

/** Loads what an email shows of these orders, by id; of each, the first items only. */
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

/**
 * Finds the one address of these orders, if none of them was changed after `since`.
 *
 * `since` is by this process's clock, the orders' dates are by the database's.
 * `$3` is the time now by this process's clock: with it, `$2` is converted.
 *
 * @returns `undefined` if there are several addresses, no order, or a change
 */
export async function findUntouchedAddress(
  db: Queryable,
  orderIds: string[],
  since: Date
): Promise<string | undefined> {
  const addresses = await db.query<{ email: string; is_touched: boolean }>(
    `SELECT DISTINCT email, updated_at >
       $2::timestamptz + (clock_timestamp() - $3::timestamptz) AS is_touched
     FROM "order" WHERE id = ANY($1)`,
    [orderIds, since, new Date()]
  )
  const [only] = addresses
  return addresses.length === 1 && !only?.is_touched ? only?.email : undefined
}

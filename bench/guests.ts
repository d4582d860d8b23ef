import { query } from "../integration-tests/stock-store"

/** An order of a guest, the only one of that address. */
export interface Claimable {
  orderId: string
  email: string
}

// SQL for the nth id of a burst: unique, and as long as a real one.
const id = (prefix: string) =>
  `'${prefix}_' || upper(left(md5($2::text || '-' || n), 26))`
const email = `'guest-' || n || '@' || $2::text`

/** A table, with the rows in it that are copied with an order. */
interface Copy {
  table: string
  /** The condition for the rows to copy. */
  where: string
  /** SQL for the columns in which a copy differs. */
  overrides: Record<string, string>
}

const copies: Copy[] = [
  {
    table: "customer",
    where: `x.id = (SELECT customer_id FROM "order" WHERE id = $1)`,
    overrides: { id: id("cus"), email },
  },
  {
    table: "cart",
    where: `x.id = (SELECT cart_id FROM "order" WHERE id = $1)`,
    overrides: {
      id: id("cart"),
      email,
      customer_id: id("cus"),
      payment_id: "NULL",
      payment_authorized_at: "NULL",
    },
  },
  {
    table: `"order"`,
    where: "x.id = $1",
    overrides: {
      id: id("order"),
      display_id: "nextval('order_display_id_seq')",
      email,
      customer_id: id("cus"),
      cart_id: id("cart"),
      draft_order_id: "NULL",
    },
  },
  {
    table: "line_item",
    where: "x.order_id = $1",
    overrides: {
      id: id("item"),
      order_id: id("order"),
      cart_id: id("cart"),
    },
  },
]

/**
 * Makes guests with an order each: copies of a real one, by SQL, since ten
 * thousand checkouts would take longer than everything that is measured.
 *
 * @param orderId - the order to copy; its one line item is copied with it
 * @param domain - the domain of their addresses, a different one for each call
 */
export async function copyGuests(
  databaseUrl: string,
  { orderId, count, domain }: { orderId: string; count: number; domain: string }
): Promise<Claimable[]> {
  for (const copy of copies) {
    await query(databaseUrl, copySql(copy), [orderId, domain, count])
  }
  // Otherwise autovacuum would decide which burst gets a good plan.
  await query(databaseUrl, "VACUUM ANALYZE")
  return query<Claimable>(
    databaseUrl,
    `SELECT id AS "orderId", email FROM "order"
     WHERE email LIKE 'guest-%@' || $1 ORDER BY display_id`,
    [domain]
  )
}

function copySql({ table, where, overrides }: Copy): string {
  const changes = Object.entries(overrides).map(([k, v]) => `'${k}', ${v}`)
  return `
    INSERT INTO ${table}
    SELECT (jsonb_populate_record(
      NULL::${table}, to_jsonb(x) || jsonb_build_object(${changes.join(", ")})
    )).*
    FROM ${table} x, generate_series(1, $3::int) n
    WHERE ${where}`
}

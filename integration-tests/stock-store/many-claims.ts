import { query } from "./postgres"

/** The people and orders in a table of many claims that others have little of. */
export interface ManyClaims {
  /** A claimant with a tenth of all claims. */
  busyCustomer: string
  /** A claimant to whom one in 500 claims was declined, of 50 orders each. */
  declinedCustomer: string
  /** An order with one in a thousand of all claims. */
  busyOrder: string
  /** The ids of existing orders, each asked for once: the newest 3,000 at most. */
  orderIds: string[]
  /** The same of orders that were declined to `declinedCustomer`. */
  declinedOrderIds: string[]
  /** The id of the claim in the middle. */
  middle: string
}

const busyCustomer = "cus_busy"
const declinedCustomer = "cus_declined"
const busyOrder = "order_busy"

// the time of a ULID: ten digits to the base of 32, of milliseconds
const ulidTime = `(
  SELECT string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
    ((floor(extract(epoch FROM at) * 1000)::bigint >> (5 * place)) & 31)::int + 1,
    1), '' ORDER BY place DESC)
  FROM generate_series(0, 9) AS place
)`
const random = (text: string) => `upper(left(md5(${text}), 26))`

// Most claims were sent and confirmed. The failed are old: mail servers fail for a
// while, and all that was in the outbox fails with them.
const CLAIMS = `
  SELECT n, now() - ($1 - n) * interval '30 s' AS at,
    CASE WHEN n % 500 = 1 THEN '${declinedCustomer}'
      WHEN n % 10 = 3 THEN '${busyCustomer}'
      ELSE 'cus_' || ${random("(n * 31 % 300000)::text")} END AS customer_id,
    CASE WHEN n % 500 = 1 THEN ARRAY(
        SELECT 'order_' || ${random("n || '-' || k")} FROM generate_series(1, 50) k
      )
      WHEN n % 1000 = 57 THEN ARRAY['${busyOrder}', 'order_' || ${random("n::text")}]
      ELSE ARRAY['order_' || ${random("n::text")}] END AS order_ids,
    CASE WHEN n > $1 - 50 THEN 'pending'
      WHEN n % 50 = 1 THEN 'declined'
      WHEN n % 2000 = 12 AND n < $1 * 0.4 THEN 'failed'
      WHEN n % 100 < 50 THEN 'confirmed'
      WHEN n % 100 < 90 THEN 'sent'
      WHEN n % 100 < 95 THEN 'canceled'
      WHEN n % 100 < 98 THEN 'ineligible'
      ELSE 'throttled' END AS status
  FROM generate_series(1, $1::bigint) AS n
`

/**
 * Fills a shop's database with claims by SQL, one every 30 seconds until now, and with
 * some of their orders and customers. The table is not analyzed afterwards.
 */
export async function fillClaims(
  databaseUrl: string,
  count: number
): Promise<ManyClaims> {
  await query(
    databaseUrl,
    `INSERT INTO order_claim (
       id, customer_id, email, order_ids, status, event_token_hash,
       token_issued_at, expires_at, created_at, updated_at,
       attempts, sent_at, failed_at, deliveries, renewals
     )
     SELECT 'oclaim_' || ${ulidTime} || left(${random("n::text")}, 16), customer_id,
       'guest-' || n * 7919 % 500000 || '@example.com', order_ids, status,
       md5(n::text) || md5('event' || n), at, at + interval '1 day', at, at,
       is_mailed::int, CASE WHEN is_mailed AND status <> 'failed' THEN at END,
       CASE WHEN status = 'failed' THEN at END,
       CASE WHEN is_mailed THEN jsonb_build_array(jsonb_build_object(
         'message', 'claim-request', 'to', 'recipient', 'at', at,
         'outcome', CASE status WHEN 'failed' THEN 'refused' ELSE 'accepted' END,
         'response', '250 2.0.0 Ok: queued as ' || md5(n::text)
       )) ELSE '[]' END,
       CASE WHEN n % 50 = 0 THEN ARRAY[at] ELSE '{}' END
     FROM (${CLAIMS}) AS claim,
       LATERAL (VALUES (status NOT IN ('pending', 'throttled', 'ineligible')))
         AS mail (is_mailed)`,
    [count]
  )
  await query(
    databaseUrl,
    `INSERT INTO customer (id, email, has_account)
     SELECT customer_id, lower(customer_id) || '@example.com', true FROM (
       (SELECT customer_id FROM order_claim ORDER BY id DESC LIMIT 3000)
       UNION SELECT '${declinedCustomer}'
     ) AS claimants`
  )
  const declined = `customer_id = '${declinedCustomer}'`
  return {
    busyCustomer,
    declinedCustomer,
    busyOrder,
    orderIds: await makeOrders(databaseUrl, `NOT ${declined}`),
    declinedOrderIds: await makeOrders(databaseUrl, declined),
    middle: await middleOf(databaseUrl, count),
  }
}

/** Makes the orders of some claims: guests', as far as anybody asks. */
async function makeOrders(
  databaseUrl: string,
  condition: string
): Promise<string[]> {
  const rows = await query<{ id: string }>(
    databaseUrl,
    `INSERT INTO "order" (id, customer_id, email, region_id, currency_code)
     SELECT order_id, '${busyCustomer}', 'guest@example.com',
       (SELECT id FROM region LIMIT 1), 'eur'
     FROM (
       SELECT id, unnest(order_ids) AS order_id FROM order_claim WHERE ${condition}
     ) AS claim
     WHERE order_id <> '${busyOrder}'
     ORDER BY claim.id DESC LIMIT 3000
     RETURNING id`
  )
  return rows.map(({ id }) => id)
}

async function middleOf(databaseUrl: string, count: number): Promise<string> {
  const [row] = await query<{ id: string }>(
    databaseUrl,
    "SELECT id FROM order_claim ORDER BY id OFFSET $1 LIMIT 1",
    [Math.floor(count / 2)]
  )
  if (!row) throw new Error("there are no claims")
  return row.id
}

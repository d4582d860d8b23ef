import type { Claim } from "../claims/claim"
import type { Queryable } from "./database"

/** A claimant and the orders they ask for. */
export type AskedOrders = Pick<Claim, "customer_id" | "order_ids">

/**
 * The ids of orders that were declined, or taken back after a confirm, by the customer
 * who had asked for them.
 */
export type Declines = Map<string, Set<string>>

/**
 * Loads which of these orders were declined to those who ask for them. Few claimants
 * were ever declined anything, so theirs alone are looked up, order by order.
 */
export async function loadDeclines(
  db: Queryable,
  asked: AskedOrders[]
): Promise<Declines> {
  const customerIds = await findDeclined(
    db,
    asked.map(({ customer_id }) => customer_id)
  )
  const declines: Declines = new Map(customerIds.map((id) => [id, new Set()]))
  const orderIds = asked
    .filter(({ customer_id }) => declines.has(customer_id))
    .flatMap(({ order_ids }) => order_ids)
  const found = await lookUpDeclines(db, customerIds, [...new Set(orderIds)])
  for (const { customer_id, order_id } of found) {
    declines.get(customer_id)?.add(order_id)
  }
  return declines
}

/** Finds those customers to whom anything was declined. */
async function findDeclined(
  db: Queryable,
  customerIds: string[]
): Promise<string[]> {
  const rows = await db.query<{ customer_id: string }>(
    `SELECT DISTINCT customer_id FROM order_claim
     WHERE status IN ('declined', 'reverted') AND customer_id = ANY($1)`,
    [customerIds]
  )
  return rows.map(({ customer_id }) => customer_id)
}

interface DeclinedOrder {
  customer_id: string
  order_id: string
}

/**
 * Looks up the declined ones of some customers and orders. OFFSET keeps the planner
 * from reading all that was declined to a customer instead: an index finds the order.
 * The orders come as JSON, since the planner expects a hundred of them then: for
 * thousands it would compile the statement, which takes longer than to run it.
 */
async function lookUpDeclines(
  db: Queryable,
  customerIds: string[],
  orderIds: string[]
): Promise<DeclinedOrder[]> {
  if (!orderIds.length) return []
  return db.query<DeclinedOrder>(
    `SELECT DISTINCT customer_id, order_id
     FROM jsonb_array_elements_text($1::jsonb) AS asked (order_id),
       LATERAL (
         SELECT customer_id FROM order_claim
         WHERE status IN ('declined', 'reverted') AND order_ids @> ARRAY[asked.order_id] OFFSET 0
       ) AS declined
     WHERE customer_id = ANY($2)`,
    [JSON.stringify(orderIds), customerIds]
  )
}

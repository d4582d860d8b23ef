import type { Claim } from "../claims/claim"
import type { OrderFacts } from "../claims/eligibility"
import type { ClaimFacts } from "../claims/judgement"
import { CustomerRow, loadCustomers } from "./customers"
import type { Queryable } from "./database"
import { byId, pickById } from "./pick"

/** A claimant and the orders they ask for. */
type AskedOrders = Pick<Claim, "customer_id" | "order_ids">

/** What decides about a claim, with the claimant as emails name them. */
export type LoadedFacts = ClaimFacts<CustomerRow>

/** Gives the facts of one of the claims that they were loaded for. */
export type FactsOf = (claim: AskedOrders) => LoadedFacts

type OrderRow = Omit<OrderFacts, "is_declined">

// $1: ids of orders
const SELECT_ORDERS = `
  SELECT o.id, o.email, o.status, o.customer_id, c.has_account
  FROM "order" o JOIN customer c ON c.id = o.customer_id
  WHERE o.id = ANY($1)
`

/** Loads what decides about these claims, for all of them at once. */
export async function loadClaimFacts(
  db: Queryable,
  claims: AskedOrders[]
): Promise<FactsOf> {
  const ids = claims.flatMap((claim) => claim.order_ids)
  const orders = await db.query<OrderRow>(SELECT_ORDERS, [ids])
  return factsOf(db, claims, orders)
}

/**
 * The same for one claim, with its orders locked until the transaction ends.
 * Always by id, so that two confirms of the same orders wait for each other
 * instead of dying in a deadlock. In two statements: the one that waits for a
 * lock would see the order's new customer beside the old one's row, and drop
 * the order.
 */
export async function lockClaimFacts(
  db: Queryable,
  claim: AskedOrders
): Promise<LoadedFacts> {
  await db.query(
    'SELECT id FROM "order" WHERE id = ANY($1) ORDER BY id FOR UPDATE',
    [claim.order_ids]
  )
  const orders = await db.query<OrderRow>(
    `${SELECT_ORDERS} ORDER BY o.id FOR SHARE OF c`,
    [claim.order_ids]
  )
  return (await factsOf(db, [claim], orders))(claim)
}

async function factsOf(
  db: Queryable,
  claims: AskedOrders[],
  orders: OrderRow[]
): Promise<FactsOf> {
  const orderOf = byId(orders)
  const customerIds = claims.map((claim) => claim.customer_id)
  const customers = await loadCustomers(db, customerIds)
  const declined = await loadDeclined(db, customerIds)
  return ({ customer_id, order_ids }) => ({
    claimant: customers.get(customer_id),
    orders: pickById(orderOf, order_ids).map((order) => ({
      ...order,
      is_declined: declined.get(customer_id)?.has(order.id) ?? false,
    })),
  })
}

/** The orders that were declined, by the customer who had asked for them. */
async function loadDeclined(
  db: Queryable,
  customerIds: string[]
): Promise<Map<string, Set<string>>> {
  const rows = await db.query<{ customer_id: string; order_ids: string[] }>(
    `SELECT customer_id, order_ids FROM order_claim
     WHERE status = 'declined' AND customer_id = ANY($1)`,
    [customerIds]
  )
  const declined = new Map<string, Set<string>>()
  for (const { customer_id, order_ids } of rows) {
    const known = declined.get(customer_id) ?? []
    declined.set(customer_id, new Set([...known, ...order_ids]))
  }
  return declined
}

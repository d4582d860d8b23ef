import type { OrderFacts } from "../claims/eligibility"
import type { ClaimFacts } from "../claims/judgement"
import {
  CustomerRow,
  Customers,
  loadCustomers,
  lockCustomer,
} from "./customers"
import type { Queryable } from "./database"
import { AskedOrders, loadDeclines } from "./declines"
import { byId, pickById } from "./pick"

/** The facts that decide a claim, with the claimant's name and address for emails. */
export type LoadedFacts = ClaimFacts<CustomerRow>

/** Looks up the facts of one of the loaded claims. */
export type FactsOf = (claim: AskedOrders) => LoadedFacts

type OrderRow = Omit<OrderFacts, "is_declined">

// $1: ids of orders
const SELECT_ORDERS = `
  SELECT o.id, o.email, o.status, o.customer_id, c.has_account
  FROM "order" o JOIN customer c ON c.id = o.customer_id
  WHERE o.id = ANY($1)
`

/** Loads the facts of all these claims at once. */
export async function loadClaimFacts(
  db: Queryable,
  claims: AskedOrders[]
): Promise<FactsOf> {
  const ids = claims.flatMap((claim) => claim.order_ids)
  const orders = await db.query<OrderRow>(SELECT_ORDERS, [ids])
  const customerIds = claims.map((claim) => claim.customer_id)
  const customers = await loadCustomers(db, customerIds)
  return factsOf(db, claims, orders, customers)
}

/**
 * Loads the facts of one claim and locks them until the transaction ends: its orders,
 * then the guests and the claimant, whose addresses decide. The orders are locked in the order of their ids, so that two confirms of the same
 * orders wait for each other and never deadlock. It takes two statements: a single
 * one that waited for a lock would join the order's new `customer_id` with the old
 * customer's row, and drop the order.
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
  const customers = await lockCustomer(db, claim.customer_id)
  return (await factsOf(db, [claim], orders, customers))(claim)
}

async function factsOf(
  db: Queryable,
  claims: AskedOrders[],
  orders: OrderRow[],
  customers: Customers
): Promise<FactsOf> {
  const orderOf = byId(orders)
  const declines = await loadDeclines(db, claims)
  return ({ customer_id, order_ids }) => ({
    claimant: customers.get(customer_id),
    orders: pickById(orderOf, order_ids).map((order) => ({
      ...order,
      is_declined: declines.get(customer_id)?.has(order.id) ?? false,
    })),
  })
}

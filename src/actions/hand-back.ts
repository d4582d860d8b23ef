import type { Customer, CustomerService } from "@medusajs/medusa"
import type { MovedOrder } from "../claims/claim"
import type { ClaimRow } from "../db/claims"
import { lockCustomers } from "../db/customers"
import type { ShopTransaction } from "../db/shop-transaction"
import type { CoreServices } from "./hand-over"

/** The services of core that give orders back. */
export interface GiveBackServices extends CoreServices {
  customerService: CustomerService
}

/**
 * Moves orders back to the customers and the addresses that they came from, through
 * core's own service, which emits `order.updated`.
 *
 * @param tx - the transaction that reverts
 */
export async function handBack(
  services: GiveBackServices,
  tx: ShopTransaction,
  claim: ClaimRow,
  orders: MovedOrder[]
): Promise<void> {
  const ids = [...new Set(orders.map(({ customer_id }) => customer_id))]
  const formers = await lockCustomers(tx, ids)
  const update = services.orderService.withTransaction(tx.manager)
  for (const order of orders) {
    const email = order.email ?? claim.email
    const former = formers.get(order.customer_id)
    const isAsBefore = former?.has_account === Boolean(order.has_account)
    const customer_id = isAsBefore
      ? order.customer_id
      : await guestOf(services, tx, email)
    await update.update(order.id, { customer_id, email })
    tx.stepped()
  }
}

/**
 * Finds the guest with an address, or makes one, as core does for a cart: the former
 * customer was deleted, or has become an account, whose holder nobody has checked.
 */
async function guestOf(
  { customerService }: GiveBackServices,
  tx: ShopTransaction,
  email: string
): Promise<string> {
  const customers = customerService.withTransaction(tx.manager)
  const known: Customer | undefined = await customers
    .retrieveUnregisteredByEmail(email)
    .catch(() => undefined)
  const { id } = known ?? (await customers.create({ email }))
  return id
}

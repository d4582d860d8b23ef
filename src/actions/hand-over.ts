import type { EventBusService, OrderService } from "@medusajs/medusa"
import { CLAIM_EVENTS } from "../claims/events"
import type { ShopTransaction } from "../db/shop-transaction"
import type { Confirmation } from "./confirm"

/** The services of core that move orders. */
export interface CoreServices {
  orderService: OrderService
  eventBusService: EventBusService
}

/**
 * Moves the orders of a confirmation to the claimant, through core's own service,
 * which emits `order.updated`.
 *
 * @param tx - the transaction that confirms
 */
export async function handOver(
  { orderService, eventBusService }: CoreServices,
  tx: ShopTransaction,
  { claim, claimant, moving }: Confirmation
): Promise<void> {
  if (!moving.length) return

  const orders = orderService.withTransaction(tx.manager)
  for (const id of moving) {
    await orders.update(id, {
      customer_id: claimant.id,
      email: claimant.email,
    })
    tx.stepped()
  }
  await eventBusService
    .withTransaction(tx.manager)
    .emit(CLAIM_EVENTS.confirmed, { id: claim.id, order_ids: moving })
}

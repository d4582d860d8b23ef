import type { EventBusService } from "@medusajs/medusa"
import { CLAIM_REQUESTED } from "../claims/claim-request"
import type OrderClaimService from "../services/order-claim"

/** The argument with which 1.18 and later call a function subscriber. */
interface SubscriberArguments {
  data: unknown
  container: { resolve(name: string): unknown }
}

/** The argument with which earlier releases construct every subscriber. */
interface Cradle {
  eventBusService: EventBusService
  orderClaimService: OrderClaimService
}

/**
 * The subscriber of `order-update-token.created`. One plain function for every
 * release: 1.18 and later call it with the event; earlier ones construct it with
 * the container and expect it to subscribe itself. It must not be async: an async
 * function cannot be constructed.
 */
export default function orderUpdateTokenCreated(
  given: SubscriberArguments | Cradle
): Promise<void> | void {
  if (new.target) {
    const { eventBusService, orderClaimService } = given as Cradle
    eventBusService.subscribe(CLAIM_REQUESTED, (data: unknown) =>
      open(orderClaimService, data)
    )
    return
  }
  const { data, container } = given as SubscriberArguments
  const service = container.resolve("orderClaimService") as OrderClaimService
  return open(service, data)
}

export const config = {
  event: CLAIM_REQUESTED,
  context: { subscriberId: "order-claim" },
}

async function open(service: OrderClaimService, data: unknown): Promise<void> {
  await service.open(data)
}

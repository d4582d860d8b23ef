import type { EventBusService } from "@medusajs/medusa"
import { CLAIM_REQUESTED } from "../claims/claim-request"
import type OrderClaimService from "../services/order-claim"

/** What 1.18 and later call a function subscriber with. */
interface SubscriberArguments {
  data: unknown
  container: { resolve(name: string): unknown }
}

/** What earlier releases construct every subscriber with. */
interface Cradle {
  eventBusService: EventBusService
  orderClaimService: OrderClaimService
}

/**
 * Where `order-update-token.created` arrives. One plain function for every
 * release: 1.18 and later call it with the event, earlier ones construct it
 * with the container and expect it to subscribe itself. It must not be async:
 * such functions cannot be constructed.
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

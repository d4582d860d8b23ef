import { subscriberOf } from "../process/subscriber"
import type OrderClaimService from "../services/order-claim"

const CUSTOMER_CREATED = "customer.created"

/**
 * The subscriber of `customer.created`: offers a new account the guest orders of its
 * address. There is none of `customer.updated`: an account can change its address at
 * will, and would walk through its victims.
 */
export default subscriberOf<OrderClaimService>(
  CUSTOMER_CREATED,
  "orderClaimService",
  (service, data) => service.offer(data)
)

export const config = {
  event: CUSTOMER_CREATED,
  context: { subscriberId: "order-claim-offer" },
}

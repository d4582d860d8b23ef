import { CLAIM_REQUESTED } from "../claims/claim-request"
import { subscriberOf } from "../process/subscriber"
import type OrderClaimService from "../services/order-claim"

/** The subscriber of `order-update-token.created`: opens the claim. */
export default subscriberOf<OrderClaimService>(
  CLAIM_REQUESTED,
  "orderClaimService",
  async (service, data) => {
    await service.open(data)
  }
)

export const config = {
  event: CLAIM_REQUESTED,
  context: { subscriberId: "order-claim" },
}

import type { Claim, MovedOrder } from "./claim"
import type { OrderFacts } from "./eligibility"

/** Notes where an order comes from, so that it can be given back. */
export function movedOrder(
  { id, customer_id, email, has_account }: OrderFacts,
  claim: Pick<Claim, "email">
): MovedOrder {
  return {
    id,
    customer_id,
    ...(email !== claim.email && { email }),
    ...(has_account && { has_account }),
  }
}

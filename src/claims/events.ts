/**
 * What other plugins can subscribe to. Each carries `{ id, order_ids }` of the
 * claim, no token, and is staged in the transaction that makes it true.
 */
export const CLAIM_EVENTS = {
  sent: "order-claim.sent",
  failed: "order-claim.failed",
  confirmed: "order-claim.confirmed",
  declined: "order-claim.declined",
} as const

/**
 * The events that other plugins can subscribe to. Each carries `{ id, order_ids }`
 * of the claim, no token, and is staged in the same transaction as the change.
 */
export const CLAIM_EVENTS = {
  sent: "order-claim.sent",
  failed: "order-claim.failed",
  confirmed: "order-claim.confirmed",
  reverted: "order-claim.reverted",
  declined: "order-claim.declined",
} as const

/** The name of one of {@link CLAIM_EVENTS}. */
export type ClaimEventName = (typeof CLAIM_EVENTS)[keyof typeof CLAIM_EVENTS]

/** The payload of each of {@link CLAIM_EVENTS}. */
export interface ClaimEventData {
  /** The claim's id: `oclaim_…`. */
  id: string
  /** Its orders; when it is confirmed or reverted, only those that changed hands. */
  order_ids: string[]
}

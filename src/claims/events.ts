/**
 * The events that other plugins can subscribe to. The payload is `{ id, order_ids }`
 * of the claim, without a token. Each event is staged in the transaction of the change.
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
  /** Its orders; when it is confirmed or reverted, only those that were moved. */
  order_ids: string[]
}

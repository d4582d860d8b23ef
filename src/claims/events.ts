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

/** The name of one of them. */
export type ClaimEventName = (typeof CLAIM_EVENTS)[keyof typeof CLAIM_EVENTS]

/** What each of them carries. */
export interface ClaimEventData {
  /** The claim's id: `oclaim_…`. */
  id: string
  /** Its orders; of a confirmed one those that changed hands. */
  order_ids: string[]
}

import type { Claim, ClaimStatus } from "../claims/claim"
import { CLAIM_REQUESTED } from "../claims/claim-request"
import type { OrderFacts } from "../claims/eligibility"
import type { Queryable } from "./database"
import { newId } from "./ids"

/** The provider's identifier: what `notification.provider_id` says. */
export const PROVIDER_ID = "order-claim"

/**
 * What a notification of ours carries in `data`, readable for every admin. Of
 * the claim's orders only their number: with all ids in each of them, a claim
 * of 3,000 orders would write 9 million.
 */
export interface NotificationData extends Record<string, unknown> {
  order_claim_id: string
  order_count: number
  status: ClaimStatus
  /** The mail server's words, if the last attempt failed. */
  last_error: string | null
}

/** What a notification takes from its claim. */
type NotifiedClaim = Pick<Claim, "id" | "order_ids" | "status" | "last_error">

export function notificationData(claim: NotifiedClaim): NotificationData {
  return {
    order_claim_id: claim.id,
    order_count: claim.order_ids.length,
    status: claim.status,
    last_error: claim.last_error,
  }
}

/**
 * One notification per order, so that each order's page in the admin shows the
 * mail. Core cannot write them: the event carries no single `id` to put into
 * `resource_id`.
 */
export async function insertNotifications(
  db: Queryable,
  mails: { claim: NotifiedClaim & { email: string }; order: OrderFacts }[]
): Promise<void> {
  if (!mails.length) return

  const rows = mails.map(({ claim, order }) => ({
    id: newId("noti"),
    resource_id: order.id,
    customer_id: order.customer_id,
    to: claim.email,
    data: notificationData(claim),
  }))
  await db.query(
    `INSERT INTO notification (
       id, resource_id, customer_id, "to", data,
       resource_type, event_name, provider_id
     )
     SELECT *, 'order', $2, $3 FROM jsonb_to_recordset($1::jsonb) AS new (
       id text, resource_id text, customer_id text, "to" text, data jsonb
     )`,
    [JSON.stringify(rows), CLAIM_REQUESTED, PROVIDER_ID]
  )
}

/** Brings the notifications of these claims up to the claims' own status. */
export async function updateNotifications(
  db: Queryable,
  claimIds: string[]
): Promise<void> {
  await db.query(
    `UPDATE notification n
     SET updated_at = now(), data = n.data ||
       jsonb_build_object('status', c.status, 'last_error', c.last_error)
     FROM order_claim c
     WHERE c.id = ANY($1)
       AND n.resource_id = ANY(c.order_ids)
       AND n.provider_id = $2 AND n.data->>'order_claim_id' = c.id`,
    [claimIds, PROVIDER_ID]
  )
}

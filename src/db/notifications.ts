import type { Claim, ClaimStatus } from "../claims/claim"
import { CLAIM_REQUESTED } from "../claims/claim-request"
import type { OrderFacts } from "../claims/eligibility"
import type { Queryable } from "./database"
import { newId } from "./ids"

/** The provider's identifier, as in `notification.provider_id`. */
export const PROVIDER_ID = "order-claim"

/**
 * The `data` of the plugin's notifications, which every admin can read. It has the
 * number of the claim's orders, not their ids: a claim of 3,000 orders has 3,000
 * notifications, so they would hold 9 million ids.
 */
export interface NotificationData extends Record<string, unknown> {
  order_claim_id: string
  order_count: number
  status: ClaimStatus
  /** The mail server's response, if the last attempt failed. */
  last_error: string | null
}

/** The part of a claim that its notifications show. */
export type NotifiedClaim = Pick<
  Claim,
  "id" | "order_ids" | "status" | "last_error"
>

export function notificationData(claim: NotifiedClaim): NotificationData {
  return {
    order_claim_id: claim.id,
    order_count: claim.order_ids.length,
    status: claim.status,
    last_error: claim.last_error,
  }
}

/**
 * Writes one notification per order, so that each order's page in the admin shows
 * the mail. Core cannot write them: the event has no single `id` for `resource_id`.
 */
export async function insertNotifications(
  db: Queryable,
  mails: {
    claim: NotifiedClaim & { email: string }
    order: OrderFacts
  }[]
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

/**
 * Copies a claim's notifications of some of its orders for a mail that was sent again, as
 * core does.
 *
 * @returns the ids of the orders that had one
 */
export async function copyNotifications(
  db: Queryable,
  claim: NotifiedClaim,
  orderIds: string[],
  to: string
): Promise<Set<string>> {
  const originals = await db.query<{ id: string; order_id: string }>(
    `SELECT id, resource_id AS order_id FROM notification
     WHERE resource_id = ANY($2) AND provider_id = $3 AND parent_id IS NULL
       AND data->>'order_claim_id' = $1`,
    [claim.id, orderIds, PROVIDER_ID]
  )
  const copies = originals.map(({ id: of }) => ({ id: newId("noti"), of }))
  await db.query(
    `INSERT INTO notification (
       id, parent_id, "to", data,
       resource_id, resource_type, customer_id, event_name, provider_id
     )
     SELECT copy.id, n.id, $2, $3,
       n.resource_id, n.resource_type, n.customer_id, n.event_name, n.provider_id
     FROM jsonb_to_recordset($1::jsonb) AS copy (id text, "of" text)
     JOIN notification n ON n.id = copy.of`,
    [JSON.stringify(copies), to, JSON.stringify(notificationData(claim))]
  )
  return new Set(originals.map(({ order_id }) => order_id))
}

/**
 * Copies the status and the last error of these claims to their notifications. Names
 * the orders, so that PostgreSQL looks them up by index.
 */
export async function updateNotifications(
  db: Queryable,
  claims: NotifiedClaim[]
): Promise<void> {
  if (!claims.length) return

  const rows = claims.map(({ id, status, last_error }) => ({
    id,
    status,
    last_error,
  }))
  await db.query(
    `UPDATE notification n
     SET updated_at = now(), data = n.data ||
       jsonb_build_object('status', c.status, 'last_error', c.last_error)
     FROM jsonb_to_recordset($1::jsonb)
       AS c (id text, status text, last_error text)
     WHERE n.resource_id = ANY($2) AND n.provider_id = $3
       AND n.data->>'order_claim_id' = c.id`,
    [
      JSON.stringify(rows),
      claims.flatMap(({ order_ids }) => order_ids),
      PROVIDER_ID,
    ]
  )
}

/** Deletes the notifications of claims that are not mailed after all. */
export async function deleteNotifications(
  db: Queryable,
  claims: Pick<Claim, "id" | "order_ids">[]
): Promise<void> {
  await db.query(
    `DELETE FROM notification
     WHERE resource_id = ANY($2) AND provider_id = $3
       AND data->>'order_claim_id' = ANY($1)`,
    [
      claims.map(({ id }) => id),
      claims.flatMap(({ order_ids }) => order_ids),
      PROVIDER_ID,
    ]
  )
}

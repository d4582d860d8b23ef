import type { Claim, ClaimOrigin } from "../claims/claim"
import type { Limit } from "../claims/limits"
import { CLAIM_COLUMNS, ClaimRow, ISSUED_NOW } from "./claims"
import type { Queryable } from "./database"
import type { SoughtOrders } from "./guest-orders"
import { newId } from "./ids"
import { FAILED_NOW } from "./record-attempts"

/** A claim that is asked for without ids, before it is written. */
export interface RequestedClaim extends SoughtOrders {
  origin: Extract<ClaimOrigin, "address" | "registration">
  own_address: boolean
}

/**
 * Takes the lock for a customer's requests until the transaction ends, so that the
 * same one twice at once writes one claim.
 */
export async function lockRequests(
  db: Queryable,
  customerId: string
): Promise<void> {
  await db.query(
    "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'), hashtext($1))",
    [customerId]
  )
}

/**
 * Finds the customer's claim for the same orders that still waits, as far as the
 * customer is told: see `claimantExpiry`. One that is not mailed at all counts as
 * waiting until then, and so does one whose link works longer.
 */
export async function findWaitingRequest(
  db: Queryable,
  { customer_id, email, display_id, sales_channel_ids }: RequestedClaim,
  linkTtlMs: number
): Promise<ClaimRow | undefined> {
  const [row] = await db.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS} FROM order_claim
     WHERE customer_id = $1 AND origin = 'address'
       AND lower(email) = lower($2)
       AND display_id IS NOT DISTINCT FROM $3::integer
       AND sales_channel_ids IS NOT DISTINCT FROM $4::text[]
       AND status NOT IN ('confirmed', 'reverted', 'declined', 'canceled')
       AND created_at > now() - $5 * interval '1 millisecond'
     ORDER BY created_at DESC LIMIT 1`,
    [customer_id, email, display_id, sales_channel_ids, linkTtlMs]
  )
  return row
}

/**
 * Finds how long a customer has to wait until one more request without ids is within
 * these limits. All their requests count, whatever became of them: so the answer says
 * nothing about the orders.
 *
 * @returns milliseconds; `undefined` if one more is within the limits now
 */
export async function findWait(
  db: Queryable,
  customerId: string,
  limits: Limit[]
): Promise<number | undefined> {
  // Of a limit of n, the nth newest request has to leave the window first.
  const [row] = await db.query<{ wait: number | null }>(
    `SELECT max(extract(epoch FROM nth.at - now()) * 1000 + bound.window_ms)::float8
       AS wait
     FROM unnest($2::bigint[], $3::float8[]) AS bound (count, window_ms),
       LATERAL (
         SELECT created_at AS at FROM order_claim
         WHERE customer_id = $1 AND origin = 'address'
           AND created_at > now() - bound.window_ms * interval '1 millisecond'
         ORDER BY created_at DESC OFFSET bound.count - 1 LIMIT 1
       ) AS nth`,
    [
      customerId,
      limits.map(({ count }) => count),
      limits.map(({ windowMs }) => windowMs),
    ]
  )
  return row?.wait ?? undefined
}

/** Finds the newest claim of a customer for exactly these orders whose link may be used. */
export async function findOpenClaim(
  db: Queryable,
  {
    customer_id,
    email,
    order_ids,
  }: Pick<Claim, "customer_id" | "email" | "order_ids">
): Promise<ClaimRow | undefined> {
  const [row] = await db.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS} FROM order_claim
     WHERE customer_id = $1 AND lower(email) = lower($2)
       AND order_ids @> $3 AND order_ids <@ $3
       AND status IN ('pending', 'sent') AND expires_at > now()
     ORDER BY id DESC LIMIT 1`,
    [customer_id, email, order_ids]
  )
  return row
}

/**
 * Writes a claim whose orders are still to be looked up.
 *
 * @returns `undefined` for a second offer to the same account
 */
export async function insertRequested(
  db: Queryable,
  claim: RequestedClaim,
  linkTtlMs: number
): Promise<ClaimRow | undefined> {
  const { customer_id, email, origin, display_id, sales_channel_ids } = claim
  const [row] = await db.query<ClaimRow>(
    `INSERT INTO order_claim (
       id, customer_id, email, order_ids, status, origin, display_id,
       sales_channel_ids, own_address, token_issued_at, expires_at
     )
     VALUES ($1, $2, $3, '{}', 'requested', $4, $5, $6, $7,
       ${ISSUED_NOW}, ${ISSUED_NOW} + $8 * interval '1 millisecond')
     ON CONFLICT (customer_id) WHERE origin = 'registration' DO NOTHING
     RETURNING ${CLAIM_COLUMNS}`,
    [
      newId("oclaim"),
      customer_id,
      email,
      origin,
      display_id,
      sales_channel_ids,
      claim.own_address,
      linkTtlMs,
    ]
  )
  return row
}

/** The claims that are put into turns. Those that were asked for later wait. */
const MOST_IN_TURNS = 10_000

/**
 * Finds claims whose orders are still to be looked up: the oldest of each customer, then
 * the second of each, and so on. Somebody who asks a lot delays nobody else.
 */
export async function findRequested(
  db: Queryable,
  count: number
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `SELECT id FROM (
       SELECT id, row_number() OVER (
         PARTITION BY customer_id ORDER BY id COLLATE "C"
       ) AS turn
       FROM (
         SELECT id, customer_id FROM order_claim WHERE status = 'requested'
         ORDER BY id COLLATE "C" LIMIT ${MOST_IN_TURNS}
       ) AS oldest
     ) AS waiting
     ORDER BY turn, id COLLATE "C" LIMIT $1`,
    [count]
  )
  return rows.map(({ id }) => id)
}

/**
 * Locks a claim whose orders are still to be looked up.
 *
 * @returns `undefined` if another server is at it, or the claim was canceled
 */
export async function lockRequested(
  db: Queryable,
  id: string
): Promise<ClaimRow | undefined> {
  const [row] = await db.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS} FROM order_claim
     WHERE id = $1 AND status = 'requested' FOR UPDATE SKIP LOCKED`,
    [id]
  )
  return row
}

/** The columns that are known once the orders of a claim are looked up. */
export type OpenedRequest = Pick<
  Claim,
  "id" | "order_ids" | "status" | "locale" | "last_error"
>

/** Writes what became of a requested claim. A `pending` one is due at once. */
export async function openRequested(
  db: Queryable,
  { id, order_ids, status, locale, last_error }: OpenedRequest
): Promise<void> {
  await db.query(
    `UPDATE order_claim SET
       order_ids = $2, status = $3::text, locale = $4, last_error = $5,
       next_attempt_at = CASE $3::text WHEN 'pending' THEN now() END,
       failed_at = CASE $3::text WHEN 'failed' THEN ${FAILED_NOW} ELSE failed_at END,
       updated_at = now()
     WHERE id = $1`,
    [id, order_ids, status, locale, last_error]
  )
}

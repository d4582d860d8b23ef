import { BLOCKS, ERASED } from "../claims/erasure"
import type { Claim, ClaimStatus } from "../claims/claim"
import type { Queryable } from "./database"
import { leastClaimId } from "./ids"
import { deleteNotifications } from "./notifications"

/** The part of a claim by which it is deleted. */
export type OldClaim = Pick<Claim, "id" | "order_ids">

/** The statuses of claims that may be over; `pending` and `requested` never are. */
export const DELETED: readonly ClaimStatus[] = [
  "sent",
  "confirmed",
  "canceled",
  "failed",
  "throttled",
  "ineligible",
]

/** The most that ids, which are by a server's clock, may be ahead of the database's. */
const CLOCK_SKEW_MS = 24 * 60 * 60_000

// A claim is over if its link has ended, nothing is to be mailed, and nobody is at work
// on it. Each change of a claim is an update: a mail, a resend, a decision.
// $3: the time for which it is kept, in milliseconds
const IS_OVER = `(
  greatest(updated_at, expires_at) < now() - $3 * interval '1 millisecond'
  AND next_attempt_at IS NULL AND (leased_until IS NULL OR leased_until < now())
)`

/**
 * Locks claims of one status that have been over for the time of retention, the oldest
 * first. Skips what somebody else has locked.
 *
 * The bound on the ids is what an index finds them by.
 */
export async function lockOld(
  db: Queryable,
  status: ClaimStatus,
  retentionMs: number,
  count: number
): Promise<OldClaim[]> {
  const latest = new Date(Date.now() - retentionMs + CLOCK_SKEW_MS)
  // What is left of a block stays. An index has the others, and this as its predicate.
  const unless = BLOCKS.includes(status) ? "AND reduced_at IS NULL" : ""
  return db.query<OldClaim>(
    `SELECT id, order_ids FROM order_claim
     WHERE status = $1 AND id COLLATE "C" < $2 AND ${IS_OVER} ${unless}
     ORDER BY id COLLATE "C" LIMIT $4
     FOR UPDATE SKIP LOCKED`,
    [status, leastClaimId(latest), retentionMs, count]
  )
}

/** Deletes claims, with the plugin's notifications of them. */
export async function deleteClaims(
  db: Queryable,
  claims: OldClaim[]
): Promise<void> {
  await deleteNotifications(db, claims)
  await db.query("DELETE FROM order_claim WHERE id = ANY($1)", [
    claims.map(({ id }) => id),
  ])
}

/**
 * Reduces declined and reverted claims to what blocks: claimant, orders, status, dates.
 * The notifications of them are deleted.
 */
export async function reduceBlocks(
  db: Queryable,
  claims: OldClaim[]
): Promise<void> {
  await deleteNotifications(db, claims)
  await db.query(
    `UPDATE order_claim SET
       email = $2, deliveries = '[]', last_error = NULL, locale = NULL,
       failed_notices = '{}', reduced_at = now(),
       moved_orders = (
         SELECT coalesce(jsonb_agg(moved - 'email'), '[]')
         FROM jsonb_array_elements(moved_orders) AS moved
       )
     WHERE id = ANY($1)`,
    [claims.map(({ id }) => id), ERASED]
  )
}

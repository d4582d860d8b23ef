import { CLAIM_COLUMNS, ClaimRow, ISSUED_NOW } from "./claim-rows"
import type { Queryable } from "./database"

/** Longer than one wave of sends takes at the most (`delivery.send_timeout` is at most 10 s). */
const LEASE_MS = 60_000

// A link that leaves late must still work when it is read: with less than half
// of its life left the claim gets a fresh token, and so a new generation.
const IS_STALE = "expires_at < now() + $2 * interval '1 millisecond' / 2"

/**
 * Takes due claims of the outbox for one owner, oldest first. Others skip them
 * until the lease ends or its owner records an outcome.
 */
export async function leaseDueClaims(
  db: Queryable,
  owner: string,
  count: number,
  linkTtlMs: number
): Promise<ClaimRow[]> {
  return db.query<ClaimRow>(
    `UPDATE order_claim SET
       leased_by = $1,
       leased_until = now() + ${LEASE_MS} * interval '1 millisecond',
       token_generation = token_generation + (${IS_STALE})::int,
       token_issued_at =
         CASE WHEN ${IS_STALE} THEN ${ISSUED_NOW} ELSE token_issued_at END,
       expires_at =
         CASE WHEN ${IS_STALE}
           THEN ${ISSUED_NOW} + $2 * interval '1 millisecond'
           ELSE expires_at END
     WHERE id IN (
       SELECT id FROM order_claim
       WHERE status = 'pending' AND next_attempt_at <= now()
         AND (leased_until IS NULL OR leased_until < now())
       ORDER BY next_attempt_at
       LIMIT $3
       FOR UPDATE SKIP LOCKED
     )
     RETURNING ${CLAIM_COLUMNS}`,
    [owner, linkTtlMs, count]
  )
}

/** Raises the token's generation: every older link of the claim is dead from here on. */
export async function raiseGeneration(
  db: Queryable,
  claimId: string,
  linkTtlMs: number
): Promise<ClaimRow> {
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       token_generation = token_generation + 1,
       token_issued_at = ${ISSUED_NOW},
       expires_at = ${ISSUED_NOW} + $2 * interval '1 millisecond',
       updated_at = now()
     WHERE id = $1
     RETURNING ${CLAIM_COLUMNS}`,
    [claimId, linkTtlMs]
  )
  return row as ClaimRow
}

import { CLAIM_COLUMNS, ClaimRow, ISSUED_NOW } from "./claims"
import type { Queryable } from "./database"

/** Who leases, and for how long. */
export interface LeaseTerms {
  owner: string
  leaseMs: number
  /** The life of a link that has to be replaced. */
  linkTtlMs: number
}

// A link that leaves late must still work when it is read: with less than half
// of its life left the claim gets a fresh token, and so a new generation.
const IS_STALE = `(
  status = 'pending' AND expires_at < now() + $2 * interval '1 millisecond' / 2
)`

/**
 * Takes due claims of the outbox, the longest due first. Others skip them until
 * the lease ends or its owner records an outcome.
 *
 * The subquery stands in ARRAY(…), which runs once: as a plain `IN` PostgreSQL
 * may run it again for each row, and the limit would be none.
 */
export async function leaseDueClaims(
  db: Queryable,
  count: number,
  { owner, leaseMs, linkTtlMs }: LeaseTerms
): Promise<ClaimRow[]> {
  return db.query<ClaimRow>(
    `UPDATE order_claim SET
       leased_by = $1,
       leased_until = now() + $4 * interval '1 millisecond',
       token_generation = token_generation + ${IS_STALE}::int,
       token_issued_at =
         CASE WHEN ${IS_STALE} THEN ${ISSUED_NOW} ELSE token_issued_at END,
       expires_at =
         CASE WHEN ${IS_STALE}
           THEN ${ISSUED_NOW} + $2 * interval '1 millisecond'
           ELSE expires_at END
     WHERE id = ANY (ARRAY(
       SELECT id FROM order_claim
       WHERE next_attempt_at <= now() AND status IN ('pending', 'confirmed')
         AND (leased_until IS NULL OR leased_until < now())
       ORDER BY next_attempt_at
       LIMIT $3
       FOR UPDATE SKIP LOCKED
     ))
     RETURNING ${CLAIM_COLUMNS}`,
    [owner, linkTtlMs, count, leaseMs]
  )
}

/** Prolongs leases; those that were lost meanwhile are not among the returned ids. */
export async function renewLeases(
  db: Queryable,
  ids: string[],
  { owner, leaseMs }: LeaseTerms
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `UPDATE order_claim
     SET leased_until = now() + $3 * interval '1 millisecond'
     WHERE id = ANY($2) AND leased_by = $1
     RETURNING id`,
    [owner, ids, leaseMs]
  )
  return rows.map(({ id }) => id)
}

/** Gives claims back untouched: they are due for whoever looks next. */
export async function endLeases(
  db: Queryable,
  ids: string[],
  owner: string
): Promise<void> {
  await db.query(
    `UPDATE order_claim SET leased_by = NULL, leased_until = NULL
     WHERE id = ANY($2) AND leased_by = $1`,
    [owner, ids]
  )
}

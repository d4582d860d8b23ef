import { CLAIM_COLUMNS, ClaimRow, ISSUED_NOW, MAILS_NOTICES } from "./claims"
import type { Queryable } from "./database"

/** The owner of leases, and how long they last. */
export interface LeaseTerms {
  owner: string
  leaseMs: number
  /** The lifetime of a link that replaces a stale one, in milliseconds. */
  linkTtlMs: number
}

// A link that is mailed late must still work when it is read: with less than half
// of its lifetime left, the claim gets a fresh token, and so a new generation.
// $2: the lifetime of a link in milliseconds
const IS_STALE = `(
  status = 'pending' AND expires_at < now() + $2 * interval '1 millisecond' / 2
)`

/**
 * Leases due claims, the longest due first. Other servers skip them until the
 * lease ends or its owner records an outcome.
 *
 * ARRAY(…) makes the subquery run once. PostgreSQL may run that of a plain `IN`
 * again for each row, and then lease more than the limit.
 *
 * @param inHand - the ids of claims that this server is still at work on: their mail
 * may have been accepted, even if their lease has ended
 */
export async function leaseDueClaims(
  db: Queryable,
  count: number,
  { owner, leaseMs, linkTtlMs }: LeaseTerms,
  inHand: string[] = []
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
           ELSE expires_at END,
       password_attempts =
         CASE WHEN ${IS_STALE} THEN 0 ELSE password_attempts END
     WHERE id = ANY (ARRAY(
       SELECT id FROM order_claim
       WHERE next_attempt_at <= now() AND (status = 'pending' OR ${MAILS_NOTICES})
         AND (leased_until IS NULL OR leased_until < now())
         AND id <> ALL($5)
       ORDER BY next_attempt_at
       LIMIT $3
       FOR UPDATE SKIP LOCKED
     ))
     RETURNING ${CLAIM_COLUMNS}`,
    [owner, linkTtlMs, count, leaseMs, inHand]
  )
}

/** The leases of a server after their renewal. */
export interface RenewedLeases {
  renewed: string[]
  /** Still this server's, but locked by somebody else: not renewed for now. */
  unchanged: string[]
}

/** Renews leases. Those that are in neither list were lost meanwhile. */
export async function renewLeases(
  db: Queryable,
  ids: string[],
  { owner, leaseMs }: LeaseTerms
): Promise<RenewedLeases> {
  const rows = await db.query<{ id: string }>(
    `UPDATE order_claim
     SET leased_until = now() + $3 * interval '1 millisecond'
     WHERE id = ANY (ARRAY(${LOCK_OWN}))
     RETURNING id`,
    [owner, ids, leaseMs]
  )
  const renewed = rows.map(({ id }) => id)
  const others = ids.filter((id) => !renewed.includes(id))
  const unchanged = others.length ? await findOwn(db, others, owner) : []
  return { renewed, unchanged }
}

/**
 * Gives claims back unchanged: they are due at once, for any server. The lease of one
 * that somebody else has locked ends by itself.
 */
export async function endLeases(
  db: Queryable,
  ids: string[],
  owner: string
): Promise<void> {
  await db.query(
    `UPDATE order_claim SET leased_by = NULL, leased_until = NULL
     WHERE id = ANY (ARRAY(${LOCK_OWN}))`,
    [owner, ids]
  )
}

// A claim is locked for seconds while many orders of it change hands. Waiting for
// one would hold up all others, and could deadlock with another such statement.
// $1: the owner, $2: ids
const LOCK_OWN = `
  SELECT id FROM order_claim WHERE id = ANY($2) AND leased_by = $1
  FOR UPDATE SKIP LOCKED
`

async function findOwn(
  db: Queryable,
  ids: string[],
  owner: string
): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    "SELECT id FROM order_claim WHERE id = ANY($2) AND leased_by = $1",
    [owner, ids]
  )
  return rows.map(({ id }) => id)
}

import { CLAIM_REQUESTED } from "../claims/claim-request"
import { ErasableClaim, ERASED } from "../claims/erasure"
import type { AddressSearch } from "../values/address-search"
import type { Queryable } from "./database"
import { withEntry } from "./history"
import { PROVIDER_ID } from "./notifications"

/** Finds the customers with an address; guests and deleted ones are among them. */
export async function findCustomers(
  db: Queryable,
  address: AddressSearch
): Promise<string[]> {
  const rows = await db.query<{ id: string; email: string }>(
    `SELECT id, email FROM customer WHERE lower(email COLLATE "C") LIKE ANY($1)`,
    [address.patterns]
  )
  return rows
    .filter(({ email }) => address.isAddress(email))
    .map(({ id }) => id)
}

/** Reads what may hold an address in these claims. */
export async function loadErasable(
  db: Queryable,
  ids: string[]
): Promise<ErasableClaim[]> {
  return db.query<ErasableClaim>(
    `SELECT ${ERASABLE} FROM order_claim WHERE id = ANY($1)`,
    [ids]
  )
}

const ERASABLE = `
  id, customer_id, email, order_ids, status, to_notify, failed_notices, last_error,
  deliveries, moved_orders
`

/**
 * Locks those of these claims that nobody is at work on. A claim whose attempt is
 * counted may be on the wire, so it has to wait. One that is merely leased is not mailed
 * once its lease is taken away (see begin-attempts.ts).
 */
export async function lockErasable(
  db: Queryable,
  ids: string[]
): Promise<ErasableClaim[]> {
  return db.query<ErasableClaim>(
    `SELECT ${ERASABLE} FROM order_claim
     WHERE id = ANY($1)
       AND (leased_until IS NULL OR leased_until < now() OR unrecorded_attempts = 0)
     ORDER BY id FOR UPDATE SKIP LOCKED`,
    [ids]
  )
}

/** Writes claims without the address, and ends their leases. */
export async function writeErased(
  db: Queryable,
  claims: ErasableClaim[]
): Promise<void> {
  await db.query(
    `UPDATE order_claim claim SET
       status = new.status, email = new.email, to_notify = new.to_notify,
       last_error = new.last_error, deliveries = new.deliveries,
       moved_orders = new.moved_orders,
       resolved_by = CASE WHEN claim.status <> new.status THEN 'admin'
         ELSE claim.resolved_by END,
       resolved_at = CASE WHEN claim.status <> new.status THEN now()
         ELSE claim.resolved_at END,
       history = CASE WHEN claim.status <> new.status
         THEN ${withEntry("'cancel'", "'admin'", "NULL")} ELSE history END,
       failed_notices = new.failed_notices,
       next_attempt_at = CASE
         WHEN cardinality(new.to_notify) > 0
           OR (claim.status = new.status AND claim.to_notify = new.to_notify)
         THEN claim.next_attempt_at END,
       leased_by = NULL, leased_until = NULL, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS new (
       id text, status text, email text, to_notify text[], failed_notices text[],
       last_error text, deliveries jsonb, moved_orders jsonb
     )
     WHERE claim.id = new.id AND claim.id = ANY($2)`,
    [JSON.stringify(claims), claims.map(({ id }) => id)]
  )
}

/**
 * Takes an address out of those of these notifications that hold it.
 *
 * @returns their number
 */
export async function eraseNotifications(
  db: Queryable,
  address: AddressSearch,
  ids: string[],
  isDryRun: boolean
): Promise<number> {
  const rows = await db.query<{ id: string; to: string; data: object | null }>(
    `SELECT id, "to", data FROM notification
     WHERE id = ANY($1) ORDER BY id FOR UPDATE`,
    [ids]
  )
  const to = rows.filter((row) => address.isAddress(row.to))
  const quoting = rows.filter((row) => address.isIn(JSON.stringify(row.data)))
  const changed = [...new Set([...to, ...quoting])].map(({ id }) => id)
  if (isDryRun) return changed.length

  await db.query(
    `UPDATE notification SET
       "to" = CASE WHEN id = ANY($2) THEN $3 ELSE "to" END,
       data = data || '{"last_error": null}', updated_at = now()
     WHERE id = ANY($1) AND provider_id = $4`,
    [changed, to.map(({ id }) => id), ERASED, PROVIDER_ID]
  )
  return changed.length
}

/**
 * Deletes core's events that ask for the orders of an address, and that core's bus
 * has not handed out yet: each would open a claim.
 *
 * @returns the number of deleted ones; with `isDryRun`, of those that would be
 */
export async function dropRequests(
  db: Queryable,
  address: AddressSearch,
  isDryRun: boolean
): Promise<number> {
  const rows = await db.query<{ id: string; email: string | null }>(
    `SELECT id, data->>'old_email' AS email FROM staged_job
     WHERE event_name = $1`,
    [CLAIM_REQUESTED]
  )
  const ids = rows
    .filter(({ email }) => email !== null && address.isAddress(email))
    .map(({ id }) => id)
  if (!isDryRun) {
    await db.query("DELETE FROM staged_job WHERE id = ANY($1)", [ids])
  }
  return ids.length
}

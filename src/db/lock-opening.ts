import type { Queryable } from "./database"

/**
 * Takes the lock for opening claims until the transaction ends. Across all
 * servers, one transaction at a time adds claims to the outbox: two at once could
 * exceed a limit together.
 */
export async function lockOpening(db: Queryable): Promise<void> {
  await db.query(
    "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'))"
  )
}

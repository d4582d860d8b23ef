import type { Queryable } from "./database"

/**
 * Takes the lock for opening claims until the transaction ends. Across all
 * servers, one transaction at a time checks the limits and commits: two at once could
 * exceed a limit together. So it is the last lock that a transaction takes, with
 * nothing long to do after it.
 */
export async function lockOpening(db: Queryable): Promise<void> {
  await db.query(
    "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'))"
  )
}

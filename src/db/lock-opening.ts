import type { Queryable } from "./database"

/**
 * Holds the lock of opening until the transaction ends. Claims enter the outbox
 * one transaction at a time, across all servers: only so are the limits right.
 */
export async function lockOpening(db: Queryable): Promise<void> {
  await db.query(
    "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'))"
  )
}

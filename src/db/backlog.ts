import { RETRIES_SINCE } from "./claims"
import type { Queryable } from "./database"

/** The mails that wait, and what did not work. */
export interface Backlog {
  /** The mails that are to leave, or to be tried again. */
  waiting: number
  /** The time that the oldest of them has waited; `null` if none waits. */
  oldest_s: number | null
  /** The longest time for which one was due, and no server has taken it up. */
  overdue_s: number
  /** The claims whose orders are still to be looked up. */
  requested: number
  failed: number
}

/** Reads the backlog of the outbox. */
export async function readBacklog(db: Queryable): Promise<Backlog> {
  const [backlog] = await db.query<Backlog>(
    `SELECT waiting.*,
       (SELECT count(*)::int FROM order_claim WHERE status = 'requested') AS requested,
       (SELECT count(*)::int FROM order_claim WHERE status = 'failed') AS failed
     FROM (
       SELECT count(*)::int AS waiting,
         extract(epoch FROM now() - min(${RETRIES_SINCE}))::float AS oldest_s,
         coalesce(max(${OVERDUE_S}), 0)::float AS overdue_s
       FROM order_claim WHERE next_attempt_at IS NOT NULL
     ) AS waiting`
  )
  if (!backlog) throw new Error("the backlog could not be counted")
  return backlog
}

const OVERDUE_S = `CASE WHEN leased_until IS NULL OR leased_until < now()
  THEN extract(epoch FROM now() - next_attempt_at) END`

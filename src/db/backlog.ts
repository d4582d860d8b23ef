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
  /** The time that the oldest of them has waited; 0 if none waits. */
  requested_s: number
  /** The claims whose link could not be mailed. */
  failed: number
  /** The claims with a notice that could not be mailed. */
  failed_notices: number
}

/** Reads the backlog of the outbox. */
export async function readBacklog(db: Queryable): Promise<Backlog> {
  const [backlog] = await db.query<Backlog>(
    `SELECT waiting.*, requested.*,
       (SELECT count(*)::int FROM order_claim WHERE status = 'failed') AS failed,
       (SELECT count(*)::int FROM order_claim WHERE failed_notices <> '{}')
         AS failed_notices
     FROM (
       SELECT count(*)::int AS waiting,
         extract(epoch FROM now() - min(${RETRIES_SINCE}))::float AS oldest_s,
         coalesce(max(${OVERDUE_S}), 0)::float AS overdue_s
       FROM order_claim WHERE next_attempt_at IS NOT NULL
     ) AS waiting, (
       SELECT count(*)::int AS requested,
         coalesce(extract(epoch FROM now() - min(created_at)), 0)::float
           AS requested_s
       FROM order_claim WHERE status = 'requested'
     ) AS requested`
  )
  if (!backlog) throw new Error("the backlog could not be counted")
  return backlog
}

const OVERDUE_S = `CASE WHEN leased_until IS NULL OR leased_until < now()
  THEN extract(epoch FROM now() - next_attempt_at) END`

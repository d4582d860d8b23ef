import type { Claim } from "../claims/claim"
import type { TimeRange } from "../values/time-range"
import { Bind, runBound } from "./bind"
import { MAX_COUNT } from "./claim-list"
import { CLAIM_COLUMNS, ClaimRow, MAILS_NOTICES } from "./claims"
import type { Queryable } from "./database"
import { updateNotifications } from "./notifications"

/** A claim whose mail with the link was given up. */
export interface FailedClaim extends Pick<Claim, "id" | "email" | "order_ids"> {
  failed_at: Date
}

/** The kinds of mails that fail: with a link, and about a confirmation or a revert. */
type Failed = "link" | "notice"

// Each is the predicate of an index.
const IS_FAILED: Record<Failed, string> = {
  link: "status = 'failed'",
  notice: "failed_notices <> '{}'",
}

/**
 * Locks claims whose mail with the link was given up in a time, those that failed first
 * before the others. What somebody else has locked is left out: it is being changed.
 *
 * @param after - the last claim of the batch before
 */
export async function lockFailed(
  db: Queryable,
  range: TimeRange,
  count: number,
  after?: FailedClaim
): Promise<FailedClaim[]> {
  return runBound<FailedClaim>(
    db,
    (bind) => `SELECT id, email, order_ids, failed_at FROM order_claim
      WHERE ${failedIn("link", range, bind)}
        ${after ? `AND (failed_at, id) > (${bind(after.failed_at)}, ${bind(after.id)})` : ""}
      ORDER BY failed_at, id LIMIT ${bind(count)} FOR UPDATE SKIP LOCKED`
  )
}

/**
 * Puts failed claims into the outbox again, for a member of the staff; those whose
 * orders could not be looked up are to be looked up again. They have the attempts and
 * the time of a new claim. It counts against the limit of their recipient, in place of
 * the mails before it if none of them arrived.
 */
export async function requeueFailed(
  db: Queryable,
  ids: string[]
): Promise<void> {
  const rows = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = CASE order_ids WHEN '{}' THEN 'requested' ELSE 'pending' END,
       next_attempt_at = CASE WHEN order_ids <> '{}' THEN now() END,
       renewals = CASE WHEN order_ids = '{}' THEN renewals
         WHEN sent_at IS NULL THEN ARRAY[now()] ELSE renewals || now() END,
       first_mail_failed =
         first_mail_failed OR (order_ids <> '{}' AND sent_at IS NULL),
       unrecorded_attempts = 0, retried_at = now(), updated_at = now()
     WHERE id = ANY($1)
     RETURNING ${CLAIM_COLUMNS}`,
    [ids]
  )
  await updateNotifications(db, rows)
}

/**
 * Puts mails about a confirmation or a revert that were given up in a time into the outbox
 * again. A claim that is being mailed is left out: its outcome is recorded first.
 *
 * @returns the number of claims
 */
export async function requeueNotices(
  db: Queryable,
  range: TimeRange,
  count: number
): Promise<number> {
  const rows = await runBound(
    db,
    (bind) => `UPDATE order_claim SET
       to_notify = failed_notices, failed_notices = '{}', next_attempt_at = now(),
       unrecorded_attempts = 0, retried_at = now(), updated_at = now()
     WHERE id = ANY (ARRAY(
       SELECT id FROM order_claim
       WHERE ${failedIn("notice", range, bind)} AND to_notify = '{}'
         AND ${MAILS_NOTICES}
         AND (leased_until IS NULL OR leased_until < now())
       ORDER BY failed_at, id LIMIT ${bind(count)} FOR UPDATE SKIP LOCKED
     ))
     RETURNING id`
  )
  return rows.length
}

/** Counts what failed in a time, mails of both kinds, up to {@link MAX_COUNT}. */
export async function countFailed(
  db: Queryable,
  range: TimeRange
): Promise<number> {
  const [row] = await runBound<{ count: number }>(db, (bind) => {
    const part = (kind: Failed) =>
      `(SELECT id FROM order_claim WHERE ${failedIn(kind, range, bind)}
        ORDER BY failed_at, id LIMIT ${bind(MAX_COUNT)})`
    return `SELECT least(count(*), ${bind(MAX_COUNT)})::int AS count
      FROM (${part("link")} UNION ALL ${part("notice")}) AS failed`
  })
  return row?.count ?? 0
}

function failedIn(
  kind: Failed,
  { from, until }: TimeRange,
  bind: Bind
): string {
  return [
    IS_FAILED[kind],
    ...(from ? [`failed_at >= ${bind(from)}`] : []),
    ...(until ? [`failed_at < ${bind(until)}`] : []),
  ].join(" AND ")
}

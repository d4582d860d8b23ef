import type { Claim, ClaimStatus, Delivery, Party } from "../claims/claim"
import { CLAIM_EVENTS } from "../claims/events"
import type { Queryable } from "./database"
import type { StagedEvent } from "./events"
import { newId } from "./ids"
import { NotifiedClaim, PROVIDER_ID } from "./notifications"

/** The outcome of an attempt, as it is recorded on the claim. */
export interface Attempt {
  /** The claim as it was when the email was composed. */
  claim: Pick<
    Claim,
    | "id"
    | "token_generation"
    | "status"
    | "reverted_at"
    | "to_notify"
    | "order_ids"
  >
  /** The outcome for the email. */
  outcome: "sent" | "failed" | "deferred" | "withdrawn" | "unsent"
  /** The claim's new status. */
  status: ClaimStatus
  /** The sides that still have to get their mail about the confirm. */
  to_notify: Party[]
  /** Absent if nothing was tried: the claim was withdrawn. */
  delivery?: Delivery
  lastError: string | null
  /** The pause before the next attempt, in milliseconds; `null` if there is none. */
  retryInMs: number | null
}

/** A claim whose outcome was recorded, as it is now. */
export type RecordedClaim = NotifiedClaim

export const RECORDED =
  "claim.id, claim.order_ids, claim.status, claim.last_error"

const KEPT_DELIVERIES = 20

// The newest deliveries with the new one, in the order in which they were made.
const APPEND_DELIVERY = `(
  SELECT coalesce(jsonb_agg(kept.entry ORDER BY kept.place), '[]') FROM (
    SELECT entry, place
    FROM jsonb_array_elements(claim.deliveries || coalesce(new.delivery, '[]'))
      WITH ORDINALITY AS deliveries (entry, place)
    ORDER BY place DESC LIMIT ${KEPT_DELIVERIES}
  ) kept
)`

// True if the claim did not change while its email was on the wire. A change wins:
// a confirm stays a confirm, and a newer link still has to be mailed. But lifting the block
// of a revert changes nothing about its mails.
const IS_CURRENT = `(
  (claim.status = new.old_status
    OR (new.old_status = 'reverted' AND claim.status = 'canceled'))
  AND claim.token_generation = new.generation
  AND claim.to_notify = new.old_to_notify
)`

// An accepted mail is recorded even if the lease was lost, unless the claim was
// mailed again meanwhile: or else it would be.
const MAY_RECORD = `(
  claim.leased_by = $1 OR (new.is_accepted AND ${IS_CURRENT})
)`

// The time at which mailing is given up. In milliseconds: it goes to clients and back.
export const FAILED_NOW = "date_trunc('milliseconds', now())"

export const COMMON_CHANGES = `
  failed_at = CASE WHEN new.is_failed THEN ${FAILED_NOW} ELSE claim.failed_at END,
  sent_at = CASE WHEN new.status = 'sent' THEN now() ELSE claim.sent_at END,
  deliveries = ${APPEND_DELIVERY},
  unrecorded_attempts = 0,
  updated_at = now()
`

const END_LEASE = `
  leased_by = nullif(claim.leased_by, $1),
  leased_until = CASE WHEN claim.leased_by <> $1 THEN claim.leased_until END
`

export const NEW_COLUMNS = `
  id text, generation int, old_status text, old_to_notify text[], status text,
  to_notify text[], last_error text, retry_in_ms double precision,
  delivery jsonb, is_accepted boolean, is_failed boolean, failed_notice text
`

// Does not wait for a claim that somebody else has locked. Skips claims that the owner
// no longer has on lease: they are another server's to mail.
// $1: the owner, $2: the attempts, $3: the ids of their claims
const RECORD_ON_CLAIMS = `
  UPDATE order_claim claim SET
    status = CASE WHEN ${IS_CURRENT} AND claim.status = new.old_status
      THEN new.status ELSE claim.status END,
    next_attempt_at = CASE WHEN ${IS_CURRENT}
      THEN now() + new.retry_in_ms * interval '1 millisecond'
      ELSE claim.next_attempt_at END,
    to_notify = CASE WHEN ${IS_CURRENT} THEN new.to_notify ELSE claim.to_notify END,
    failed_notices = CASE WHEN ${IS_CURRENT} AND new.failed_notice IS NOT NULL
      THEN claim.failed_notices || new.failed_notice
      ELSE claim.failed_notices END,
    last_error = new.last_error,
    ${END_LEASE},
    ${COMMON_CHANGES}
  FROM jsonb_to_recordset($2::jsonb) AS new (${NEW_COLUMNS})
  WHERE claim.id = new.id
    AND claim.id = ANY (ARRAY(
      SELECT claim.id FROM order_claim claim
      JOIN jsonb_to_recordset($2::jsonb) AS new (${NEW_COLUMNS}) USING (id)
      WHERE claim.id = ANY($3) AND ${MAY_RECORD}
      FOR UPDATE OF claim SKIP LOCKED
    ))
  RETURNING ${RECORDED}
`

/**
 * Records the outcomes of a batch and ends its leases: on the claims, on their
 * notifications, and as events. It is one statement, because senders wait for it.
 *
 * @returns the claims that were recorded
 */
export async function recordAttempts(
  db: Queryable,
  owner: string,
  attempts: Attempt[]
): Promise<RecordedClaim[]> {
  const orderIds = attempts.flatMap(({ claim }) => claim.order_ids)
  return db.query<RecordedClaim>(
    `WITH recorded AS (${RECORD_ON_CLAIMS}),
     notified AS (
       UPDATE notification n
       SET updated_at = now(), data = n.data || jsonb_build_object(
         'status', claim.status, 'last_error', claim.last_error)
       FROM recorded claim
       WHERE n.resource_id = ANY($4) AND n.provider_id = $5
         AND n.data->>'order_claim_id' = claim.id
     ),
     staged AS (
       INSERT INTO staged_job (id, event_name, data)
       SELECT job.id, job.event_name, jsonb_build_object(
         'id', claim.id, 'order_ids', to_jsonb(claim.order_ids))
       FROM recorded claim
       JOIN jsonb_to_recordset($6::jsonb)
         AS job (id text, event_name text, claim_id text, status text)
         ON job.claim_id = claim.id AND job.status = claim.status
     )
     SELECT * FROM recorded`,
    [
      owner,
      ...parametersOf(attempts),
      orderIds,
      PROVIDER_ID,
      JSON.stringify(attempts.flatMap(jobOf)),
    ]
  )
}

/**
 * Records outcomes on the claims alone.
 *
 * @returns the claims that were recorded
 */
export async function recordOnClaims(
  db: Queryable,
  owner: string,
  attempts: Attempt[]
): Promise<RecordedClaim[]> {
  return db.query<RecordedClaim>(RECORD_ON_CLAIMS, [
    owner,
    ...parametersOf(attempts),
  ])
}

/** Finds those of these attempts that still have to be recorded. */
export async function findUnrecorded(
  db: Queryable,
  owner: string,
  attempts: Attempt[]
): Promise<Set<string>> {
  const rows = await db.query<{ id: string }>(
    `SELECT claim.id FROM order_claim claim
     JOIN jsonb_to_recordset($2::jsonb) AS new (${NEW_COLUMNS}) USING (id)
     WHERE claim.id = ANY($3) AND ${MAY_RECORD}`,
    [owner, ...parametersOf(attempts)]
  )
  return new Set(rows.map(({ id }) => id))
}

/**
 * Ends a claim whose outcome the database refuses to record, so that it is not mailed
 * again. Changes as little as possible.
 *
 * @param reason - for the shop's staff
 */
export async function failUnrecordable(
  db: Queryable,
  owner: string,
  { claim: { id } }: Attempt,
  reason: string
): Promise<void> {
  await db.query(
    `UPDATE order_claim SET
       status = CASE status WHEN 'pending' THEN 'failed' ELSE status END,
       failed_at = ${FAILED_NOW}, failed_notices = failed_notices || to_notify,
       last_error = $3, next_attempt_at = NULL, to_notify = '{}',
       leased_by = NULL, leased_until = NULL
     WHERE id = $2 AND leased_by = $1`,
    [owner, id, reason]
  )
}

/** The event for a mail that was sent or failed, unless the claim has changed. */
export function outcomeEvents(
  recorded: RecordedClaim[],
  { status }: Attempt
): StagedEvent[] {
  return status === "sent" || status === "failed"
    ? recorded
        .filter((claim) => claim.status === status)
        .map((claim) => ({ name: CLAIM_EVENTS[status], claim }))
    : []
}

function jobOf({ claim, status }: Attempt) {
  return status === "sent" || status === "failed"
    ? {
        id: newId("job"),
        event_name: CLAIM_EVENTS[status],
        claim_id: claim.id,
        status,
      }
    : []
}

/** The attempts, and the ids alone: PostgreSQL sees by them that they are few. */
export const parametersOf = (attempts: Attempt[]): [string, string[]] => [
  JSON.stringify(attempts.map(toRow)),
  attempts.map(({ claim }) => claim.id),
]

function toRow(attempt: Attempt) {
  const { claim, status, to_notify, delivery, lastError, retryInMs } = attempt
  return {
    id: claim.id,
    generation: claim.token_generation,
    old_status: claim.status,
    old_to_notify: claim.to_notify,
    status,
    to_notify,
    last_error: lastError,
    retry_in_ms: retryInMs,
    delivery: delivery ?? null,
    is_accepted: delivery?.outcome === "accepted",
    is_failed: attempt.outcome === "failed",
    failed_notice: attempt.outcome === "failed" ? claim.to_notify[0] : null,
  }
}

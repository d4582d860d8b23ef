import type { Claim, ClaimStatus, Delivery, Party } from "../claims/claim"
import { CLAIM_EVENTS } from "../claims/events"
import type { Queryable } from "./database"
import { updateNotifications } from "./notifications"
import { stageEvents } from "./events"

/** The outcome of an attempt, as it is recorded on the claim. */
export interface Attempt {
  /** The claim as it was when the email was composed. */
  claim: Pick<Claim, "id" | "token_generation" | "status">
  /** The outcome for the email. */
  outcome: "sent" | "failed" | "deferred" | "withdrawn"
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

type RecordedClaim = Pick<Claim, "id" | "order_ids" | "status">

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
// a confirm stays a confirm, and a newer link still has to be mailed.
const IS_CURRENT = `(
  claim.status = new.old_status AND claim.token_generation = new.generation
)`

const COMMON_CHANGES = `
  sent_at = CASE WHEN new.status = 'sent' THEN now() ELSE claim.sent_at END,
  last_error = new.last_error,
  attempts = claim.attempts + (new.delivery IS NOT NULL)::int,
  deliveries = ${APPEND_DELIVERY},
  updated_at = now()
`

const NEW_COLUMNS = `
  id text, generation int, old_status text, status text, to_notify text[],
  last_error text, retry_in_ms double precision, delivery jsonb
`

/**
 * Records the outcomes of a batch and ends its leases. Skips claims that `owner`
 * no longer has on lease: they are another server's to mail.
 */
export async function recordAttempts(
  db: Queryable,
  owner: string,
  attempts: Attempt[]
): Promise<void> {
  const recorded = await db.query<RecordedClaim>(
    `UPDATE order_claim claim SET
       status = CASE WHEN ${IS_CURRENT} THEN new.status ELSE claim.status END,
       next_attempt_at = CASE WHEN ${IS_CURRENT}
         THEN now() + new.retry_in_ms * interval '1 millisecond'
         ELSE claim.next_attempt_at END,
       to_notify = CASE WHEN ${IS_CURRENT} THEN new.to_notify ELSE claim.to_notify END,
       leased_by = NULL, leased_until = NULL,
       ${COMMON_CHANGES}
     FROM jsonb_to_recordset($2::jsonb) AS new (${NEW_COLUMNS})
     WHERE claim.id = new.id AND claim.leased_by = $1
     RETURNING claim.id, claim.order_ids, claim.status`,
    [owner, JSON.stringify(attempts.map(toRow))]
  )
  await publishOutcome(db, recorded, attempts)
}

/**
 * Records a resend. It needs no lease, because it mailed the newest link. If it
 * failed, a claim that the courier still has to mail stays `pending`; any other
 * becomes `failed`, since its older links no longer work.
 */
export async function recordResend(
  db: Queryable,
  attempt: Attempt
): Promise<void> {
  const recorded = await db.query<RecordedClaim>(
    `UPDATE order_claim claim SET
       status = CASE
         WHEN claim.status IN ('confirmed', 'declined', 'canceled') THEN claim.status
         WHEN claim.status = 'pending' AND new.status = 'failed' THEN 'pending'
         WHEN claim.token_generation <> new.generation THEN claim.status
         ELSE new.status END,
       next_attempt_at = CASE
         WHEN claim.status = 'pending' AND new.status = 'sent'
           AND claim.token_generation = new.generation THEN NULL
         ELSE claim.next_attempt_at END,
       ${COMMON_CHANGES}
     FROM jsonb_to_recordset($1::jsonb) AS new (${NEW_COLUMNS})
     WHERE claim.id = new.id
     RETURNING claim.id, claim.order_ids, claim.status`,
    [JSON.stringify([toRow(attempt)])]
  )
  await publishOutcome(db, recorded, [attempt])
}

/** Updates the notifications, and stages the events for mails that were sent or failed. */
async function publishOutcome(
  db: Queryable,
  recorded: RecordedClaim[],
  attempts: Attempt[]
): Promise<void> {
  const outcomes = new Map(attempts.map((a) => [a.claim.id, a.status]))
  const events = recorded.flatMap((claim) => {
    const status = outcomes.get(claim.id)
    return (status === "sent" || status === "failed") && claim.status === status
      ? [{ name: CLAIM_EVENTS[status], claim }]
      : []
  })
  await updateNotifications(
    db,
    recorded.map(({ id }) => id)
  )
  await stageEvents(db, events)
}

function toRow(attempt: Attempt) {
  const { claim, status, to_notify, delivery, lastError, retryInMs } = attempt
  return {
    id: claim.id,
    generation: claim.token_generation,
    old_status: claim.status,
    status,
    to_notify,
    last_error: lastError,
    retry_in_ms: retryInMs,
    delivery: delivery ?? null,
  }
}

import { ERASED } from "../claims/erasure"
import type { Queryable } from "./database"
import { stageEvents } from "./events"
import { updateNotifications } from "./notifications"
import {
  Attempt,
  COMMON_CHANGES,
  NEW_COLUMNS,
  outcomeEvents,
  parametersOf,
  RECORDED,
  RecordedClaim,
} from "./record-attempts"

// The courier may mail the same link while the resend waits in vain for a response.
const WAS_MAILED_MEANWHILE = `(
  new.status = 'failed' AND claim.status = 'sent' AND new.old_status <> 'sent'
)`

const STATUS_AFTER_RESEND = `CASE
  WHEN claim.status IN ('confirmed', 'reverted', 'declined', 'canceled') THEN claim.status
  WHEN claim.status = 'pending' AND new.status = 'failed' THEN 'pending'
  WHEN ${WAS_MAILED_MEANWHILE} THEN claim.status
  WHEN claim.token_generation <> new.generation THEN claim.status
  ELSE new.status END`

/**
 * Records a resend. It needs no lease, because it mailed the newest link. If it
 * failed, a claim that the courier still has to mail stays `pending`, and one that it
 * has mailed meanwhile stays `sent`; any other becomes `failed`, since its older
 * links no longer work.
 *
 * @returns the claim as it is now; `undefined` if its address was erased meanwhile: then
 * nothing is recorded
 */
export async function recordResend(
  db: Queryable,
  attempt: Attempt
): Promise<RecordedClaim | undefined> {
  const recorded = await db.query<RecordedClaim>(
    `UPDATE order_claim claim SET
       status = ${STATUS_AFTER_RESEND},
       last_error = CASE WHEN ${WAS_MAILED_MEANWHILE}
         THEN claim.last_error ELSE new.last_error END,
       next_attempt_at = CASE
         WHEN claim.status = 'pending' AND new.status = 'sent'
           AND claim.token_generation = new.generation THEN NULL
         ELSE claim.next_attempt_at END,
       attempts = claim.attempts + (new.delivery IS NOT NULL)::int,
       ${COMMON_CHANGES}
     FROM jsonb_to_recordset($1::jsonb) AS new (${NEW_COLUMNS})
     WHERE claim.id = new.id AND claim.id = ANY($2) AND claim.email <> $3
     RETURNING ${RECORDED}`,
    [...parametersOf([attempt]), ERASED]
  )
  await updateNotifications(db, recorded)
  await stageEvents(db, outcomeEvents(recorded, attempt))
  return recorded[0]
}

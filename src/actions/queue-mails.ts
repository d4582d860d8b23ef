import type { OrderFacts } from "../claims/eligibility"
import { takeFromLimits } from "../claims/limits"
import { ClaimRow, throttleClaims } from "../db/claims"
import type { Queryable } from "../db/database"
import { lockOpening } from "../db/lock-opening"
import { insertNotifications, NotifiedClaim } from "../db/notifications"
import { loadTally } from "../db/tally"
import type { OpeningRules } from "./decide-claim"

/** A claim that is written as `pending`, and the orders that its mail is about. */
export interface QueuedMail {
  claim: NotifiedClaim & Pick<ClaimRow, "customer_id" | "email">
  mailed: OrderFacts[]
  /** The order whose notification core writes itself. */
  recordedByCore?: string
}

/**
 * Writes the notifications of mails that are about to leave. Throttles the claims that
 * are over a limit together with those that others have opened since the decision.
 * Only this last step needs the lock of opening, so that it is held for a moment,
 * however many orders a claim has.
 *
 * @returns the claims that were throttled
 */
export async function queueMails(
  db: Queryable,
  mails: QueuedMail[],
  { limits }: OpeningRules
): Promise<ClaimRow[]> {
  await insertNotifications(db, mails.flatMap(notified))
  if (!limits || !mails.length) return []

  await lockOpening(db)
  const claims = mails.map(({ claim }) => claim)
  const tally = await loadTally(db, claims, limits)
  const over = claims.flatMap((claim) => {
    const last_error = takeFromLimits(claim, tally, limits)
    return last_error ? [{ ...claim, last_error }] : []
  })
  return over.length ? throttleClaims(db, over) : []
}

function notified({ claim, mailed, recordedByCore }: QueuedMail) {
  return mailed
    .filter((order) => order.id !== recordedByCore)
    .map((order) => ({ claim, order }))
}

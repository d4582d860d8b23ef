import type { Database } from "../db/database"
import { stageEvents } from "../db/events"
import { updateNotifications } from "../db/notifications"
import {
  Attempt,
  failUnrecordable,
  findUnrecorded,
  outcomeEvents,
  recordOnClaims,
} from "../db/record-attempts"
import { isTransient } from "../db/database"
import type { Logger } from "../values/logger"
import { maskAddresses } from "../values/email-address"
import { redact, redactForLog } from "../values/redact"

/**
 * Records an outcome that the database refuses to take as a whole, as far as it can
 * be: the claim's own row first. If it refuses that as well, the claim fails, so that
 * it is not emailed again.
 *
 * @param refusal - the error of the database
 * @returns false if the claim is locked
 * @throws the error of the last try
 */
export async function recordInPart(
  db: Database,
  owner: string,
  attempt: Attempt,
  refusal: unknown,
  logger: Logger
): Promise<boolean> {
  const { id } = attempt.claim
  try {
    const recorded = await db.transaction((tx) =>
      recordOnClaims(tx, owner, [attempt])
    )
    if (!recorded.length) {
      return !(await findUnrecorded(db, owner, [attempt])).size
    }
    logger.error(
      `order-claim: the outcome of ${id} is recorded, but something that belongs to it is not: ${redactForLog(refusal)}`
    )
    // The rest, each for itself; the error of what is missing is in the log.
    await updateNotifications(db, recorded).catch(() => undefined)
    const events = outcomeEvents(recorded, attempt)
    await stageEvents(db, events).catch(() => undefined)
  } catch (error) {
    if (isTransient(error)) throw error
    await fail(db, owner, attempt, error, logger)
  }
  return true
}

async function fail(
  db: Database,
  owner: string,
  attempt: Attempt,
  refusal: unknown,
  logger: Logger
): Promise<void> {
  const { claim, delivery } = attempt
  const outcome = delivery
    ? `mail was ${delivery.outcome}`
    : "mail was not sent"
  const reason = redact(
    `the ${outcome}, but that could not be recorded: ${String(refusal)}`
  )
  await db.transaction((tx) => failUnrecordable(tx, owner, attempt, reason))
  logger.error(
    `order-claim: ${claim.id} has failed and is not emailed again: ${maskAddresses(reason)}`
  )
}

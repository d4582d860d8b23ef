import { ERASED } from "../claims/erasure"
import { NotificationData, notificationData } from "../db/notifications"
import { recordResend } from "../db/record-resend"
import { attemptDelivery, logAttempt, RetrySettings } from "../outbox/attempt"
import type { Transport, Turn } from "../transports/transport"
import { parseEmailAddress } from "../values/email-address"
import type { Logger } from "../values/logger"
import { askAhead } from "./ask-ahead"
import type { recordResentMail } from "./record-resent-mail"
import {
  notAllowed,
  PrepareDependencies,
  PreparedMail,
  prepareMail,
} from "./prepare-resend"

/** The parts that a resend uses. */
export interface ResendDependencies extends PrepareDependencies {
  transport: Transport
  retries: RetrySettings
  logger: Logger
}

/** The longest wait for the rate limit: core waits with a transaction open. */
const TURN_WITHIN_MS = 5000

/** A claim that was mailed again, for core's record of it. */
export interface ResentClaim {
  to: string
  data: NotificationData
}

/** Records a mail that was sent again, in the transaction in which its outcome is recorded. */
type RecordMail = typeof recordResentMail

/**
 * Mails a claim again for an admin: at once, so that the admin sees a failure, and
 * with a new token, so that no older link works.
 *
 * @param to - an address other than the claim's
 * @param recordMail - left out if core records the mail
 * @throws {OrderClaimRefusal} or `MedusaError`: 400, with a sentence for the admin
 */
export async function resendClaim(
  dependencies: ResendDependencies,
  claimId: string,
  to?: string,
  recordMail?: RecordMail
): Promise<ResentClaim> {
  const address = to === undefined ? undefined : parseRecipient(to)
  const { db, emails } = dependencies
  // Before the turn: meanwhile, others may have it.
  const asked = emails.storefront ? await askAhead(db, claimId, emails) : emails
  // Before anything changes: while the admin waits, the older link has to work.
  const turn = await takeTurn(dependencies.transport)
  let isUsed = false
  try {
    const prepared = await prepareMail(
      { ...dependencies, emails: asked },
      claimId,
      address
    )
    isUsed = true
    return await sendPrepared(dependencies, prepared, recordMail)
  } finally {
    turn.end(isUsed)
  }
}

/**
 * Waits for the rate limit.
 *
 * @throws {MedusaError} if it takes too long for an admin, and for core's transaction
 */
async function takeTurn(transport: Transport): Promise<Turn> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), TURN_WITHIN_MS)
  try {
    return await transport.turn(patience.signal)
  } catch {
    throw notAllowed(
      "The rate limit of the mail server is reached, so nothing was sent, and the earlier link still works. Try again later."
    )
  } finally {
    clearTimeout(timer)
  }
}

async function sendPrepared(
  { db, transport, retries, logger }: ResendDependencies,
  prepared: PreparedMail,
  recordMail?: RecordMail
): Promise<ResentClaim> {
  const { claim, message } = prepared
  const attempt = await attemptDelivery(
    { claim, composed: { type: "message", message } },
    transport,
    // A temporary failure is final here: the admin is there to try again.
    { ...retries, giveUpAfterMs: 0 }
  )
  const recorded = await db.transaction(async (tx) => {
    const now = await recordResend(tx, attempt)
    if (now && attempt.status === "sent") await recordMail?.(tx, now, prepared)
    return now
  })
  logAttempt(logger, message.to, attempt)
  if (attempt.status !== "sent") {
    throw notAllowed(
      "The mail server did not accept the email, and the earlier link no longer works",
      attempt.lastError
    )
  }
  return {
    to: recorded ? message.to : ERASED,
    data: notificationData({ ...claim, status: "sent", last_error: null }),
  }
}

function parseRecipient(to: string): string {
  const address = parseEmailAddress(to.trim())
  if (address) return address
  throw notAllowed(
    "Enter exactly one plain email address, such as ann@example.com."
  )
}

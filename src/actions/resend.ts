import { MedusaError } from "medusa-core-utils"
import type { EligibilityRules } from "../claims/eligibility"
import { judgeClaim } from "../claims/judgement"
import { OrderClaimRefusal } from "../claims/refusal"
import { loadClaimFacts } from "../db/claim-facts"
import { ClaimRow, lockClaim, raiseGeneration } from "../db/claims"
import type { Database, Queryable } from "../db/database"
import { NotificationData, notificationData } from "../db/notifications"
import { recordResend } from "../db/record-attempts"
import { attemptDelivery, logAttempt, RetrySettings } from "../outbox/attempt"
import { ComposeDependencies, composeEmails } from "../outbox/compose"
import type { Message, Transport } from "../transports/transport"
import { isSameAddress, parseEmailAddress } from "../values/email-address"
import type { Logger } from "../values/logger"

/** The parts that a resend uses. */
export interface ResendDependencies {
  db: Database
  emails: ComposeDependencies
  transport: Transport
  retries: RetrySettings
  rules: ResendRules
  logger: Logger
}

/** The rules of a resend. */
export interface ResendRules extends EligibilityRules {
  /** The lifetime of a link, in milliseconds. */
  linkTtlMs: number
  /** The addresses to which an admin may resend a mail. */
  resendTo: "any" | "order_email"
}

/** A claim that was mailed again, for core's record of it. */
export interface ResentClaim {
  to: string
  data: NotificationData
}

/**
 * Mails a claim again for an admin: at once, so that the admin sees a failure, and
 * with a fresh token, so that every older link is dead.
 *
 * @param to - an address other than the claim's
 * @throws {OrderClaimRefusal} or `MedusaError`: 400, with a sentence for the admin
 */
export async function resendClaim(
  { db, emails, transport, retries, rules, logger }: ResendDependencies,
  claimId: string,
  to?: string
): Promise<ResentClaim> {
  const address = to === undefined ? undefined : parseRecipient(to)

  // Composed before the new generation is committed: if composing fails, the older
  // link still works.
  const { claim, message } = await db.transaction(async (tx) => {
    const claim = await prepareResend(tx, claimId, rules, address)
    return { claim, message: await composeMessage(tx, claim, emails) }
  })
  const recipient = address ?? claim.email
  const attempt = await attemptDelivery(
    {
      claim,
      composed: { type: "message", message: { ...message, to: recipient } },
    },
    transport,
    // A temporary failure is final here: the admin is there to try again.
    { ...retries, giveUpAfterMs: 0 }
  )
  await db.transaction((tx) => recordResend(tx, attempt))
  logAttempt(logger, recipient, attempt)
  if (attempt.status !== "sent") {
    throw notAllowed(
      `There was no confirmation from the mail server, and the earlier link does not work any more: ${attempt.lastError ?? ""}`
    )
  }
  return {
    to: recipient,
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

/**
 * Judges the claim again and raises the token's generation, inside the caller's
 * transaction.
 *
 * @returns the claim with its new generation
 * @throws {OrderClaimRefusal} or `MedusaError` with a sentence for the admin
 */
export async function prepareResend(
  db: Queryable,
  claimId: string,
  rules: ResendRules,
  to?: string
): Promise<ClaimRow> {
  const claim = await lockClaim(db, { id: claimId })
  if (!claim) {
    throw new OrderClaimRefusal(
      "order_claim_invalid",
      "The order claim of this notification does not exist any more."
    )
  }
  refuseIfOver(claim)
  const factsOf = await loadClaimFacts(db, [claim])
  if (judgeClaim(claim, factsOf(claim), rules).type !== "eligible") {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  if (to && rules.resendTo !== "any" && !isSameAddress(to, claim.email)) {
    throw notAllowed(
      "This shop resends order claims only to the address on the order."
    )
  }
  return raiseGeneration(db, claim.id, rules.linkTtlMs)
}

function refuseIfOver({ status }: ClaimRow): void {
  switch (status) {
    case "confirmed":
      throw new OrderClaimRefusal(
        "order_claim_used",
        "This order claim has been confirmed: there is nothing left to mail."
      )
    case "declined":
      throw new OrderClaimRefusal("order_claim_declined")
    case "canceled":
      throw new OrderClaimRefusal("order_claim_canceled")
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
  }
}

async function composeMessage(
  db: Queryable,
  claim: ClaimRow,
  emails: ComposeDependencies
): Promise<Message> {
  const [email] = await composeEmails(db, [claim], emails)
  switch (email?.composed.type) {
    case "message":
      return email.composed.message
    case "broken":
      throw notAllowed(
        `The email could not be written, and nothing was sent: ${email.composed.reason}`
      )
    case "withdrawn":
    case "exhausted":
    case undefined:
      throw new OrderClaimRefusal("order_claim_stale")
  }
}

function notAllowed(sentence: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, sentence)
}

import { MedusaError } from "medusa-core-utils"
import { isSameAddress, parseEmailAddress } from "../claims/email-address"
import { OrderClaimRefusal } from "../claims/refusal"
import { attemptDelivery, logAttempt } from "./attempt"
import type { ClaimRow } from "./claim-rows"
import { Composed, composeEmails } from "./compose"
import { NotificationData, notificationData } from "./notification-rows"
import type { OutboxParts } from "./parts"
import { Attempt, recordResend } from "./record"
import { renewForResend } from "./resend"

/** What a resend came to, for core's record of it. */
export interface ResentClaim {
  to: string
  data: NotificationData
}

/**
 * Mails a claim again because an admin asks for it: at once, so that the admin
 * sees a failure, and with a fresh token.
 */
export class Resender {
  constructor(private readonly parts: OutboxParts) {}

  /** @throws {OrderClaimRefusal} or `MedusaError`, 400 with a sentence in either case */
  async resend(claimId: string, to?: string): Promise<ResentClaim> {
    const { pool, settings, transport, jwtSecret, logger } = this.parts
    const wanted = to === undefined ? undefined : this.checkAddress(to)

    const claim = await pool.transaction(async (db) => {
      const renewed = await renewForResend(db, claimId, settings)
      if (wanted) this.checkAllowed(renewed, wanted)
      return renewed
    })
    const recipient = wanted ?? claim.email
    const emails = await composeEmails(pool, [claim], settings, jwtSecret)
    const email = readdress(emails.get(claim.id) as Composed, recipient)
    // Its own failures are final: the admin is there to try again.
    const once = { ...settings.delivery, giveUpAfterMs: 0 }
    const attempt = await attemptDelivery(claim, email, transport, once)

    await pool.transaction((db) => recordResend(db, attempt))
    logAttempt(logger, recipient, attempt)
    refuseIfNotSent(attempt)
    return {
      to: recipient,
      data: notificationData({ ...claim, status: "sent" }),
    }
  }

  private checkAddress(to: string): string {
    const address = parseEmailAddress(to.trim())
    if (address) return address
    throw notAllowed(
      "Enter exactly one plain email address, such as ann@example.com."
    )
  }

  private checkAllowed(claim: ClaimRow, to: string): void {
    const { resendTo } = this.parts.settings
    if (resendTo === "any" || isSameAddress(to, claim.email)) return
    throw notAllowed(
      "This shop resends order claims only to the address on the order."
    )
  }
}

function readdress(composed: Composed, to: string): Composed {
  return composed.type === "message"
    ? { ...composed, message: { ...composed.message, to } }
    : composed
}

function refuseIfNotSent({ status, lastError }: Attempt): void {
  if (status === "sent") return
  if (status === "ineligible") throw new OrderClaimRefusal("order_claim_stale")
  throw notAllowed(
    `The email was not sent, and the earlier link does not work any more. The mail server said: ${lastError ?? ""}`
  )
}

function notAllowed(sentence: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, sentence)
}

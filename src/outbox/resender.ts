import { MedusaError } from "medusa-core-utils"
import { isSameAddress, parseEmailAddress } from "../email/address"
import { OrderClaimRefusal } from "../claims/refusal"
import { attemptDelivery, logAttempt } from "./attempt"
import type { ClaimRow } from "../rows/claims"
import { Composed, composeEmails } from "./compose"
import type { Queryable } from "../rows/database"
import { NotificationData, notificationData } from "../rows/notifications"
import type { Outbox } from "./outbox"
import { recordResend } from "./record"
import { prepareResend } from "./prepare-resend"

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
  constructor(private readonly outbox: Outbox) {}

  /** @throws {OrderClaimRefusal} or `MedusaError`, 400 with a sentence in either case */
  async resend(claimId: string, to?: string): Promise<ResentClaim> {
    const { pool, settings, transport, logger } = this.outbox
    const wanted = to === undefined ? undefined : this.checkAddress(to)

    // Composed before the new generation is committed: if that fails, the
    // older link lives on.
    const { claim, composed } = await pool.transaction((db) =>
      this.renew(db, claimId, wanted)
    )
    const recipient = wanted ?? claim.email
    const message = { ...composed.message, to: recipient }
    // A temporary failure is final here: the admin is there to try again.
    const once = { ...settings.delivery, giveUpAfterMs: 0 }
    const email = { ...composed, message }
    const attempt = await attemptDelivery(claim, email, transport, once)

    await pool.transaction((db) => recordResend(db, attempt))
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

  private async renew(db: Queryable, claimId: string, to?: string) {
    const claim = await prepareResend(db, claimId, this.outbox.settings)
    if (to) this.checkAllowed(claim, to)

    const emails = await composeEmails(db, [claim], this.outbox)
    const composed = emails.get(claim.id) as Composed
    switch (composed.type) {
      case "message":
        return { claim, composed }
      case "withdrawn":
        throw new OrderClaimRefusal("order_claim_stale")
      case "broken":
        throw notAllowed(
          `The email could not be made, and nothing was sent: ${composed.reason}`
        )
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
    const { resendTo } = this.outbox.settings
    if (resendTo === "any" || isSameAddress(to, claim.email)) return
    throw notAllowed(
      "This shop resends order claims only to the address on the order."
    )
  }
}

function notAllowed(sentence: string): MedusaError {
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, sentence)
}

import { MedusaError } from "medusa-core-utils"
import type { EligibilityRules, OrderFacts } from "../claims/eligibility"
import { judgeClaim } from "../claims/judgement"
import { OVER_LIMIT } from "../claims/limits"
import { OrderClaimRefusal } from "../claims/refusal"
import { loadClaimFacts } from "../db/claim-facts"
import { ClaimRow, lockClaim, raiseGeneration } from "../db/claims"
import type { Database, Queryable } from "../db/database"
import { ComposeDependencies, loadEmails, writeEmail } from "../outbox/compose"
import type { Message } from "../transports/transport"
import { isSameAddress, maskAddresses } from "../values/email-address"

/** The rules of a resend. */
export interface ResendRules extends EligibilityRules {
  /** The lifetime of a link, in milliseconds. */
  linkTtlMs: number
  /** The addresses to which an admin may resend a mail. */
  resendTo: "any" | "order_email"
}

/** The parts that prepare a resend. */
export interface PrepareDependencies {
  db: Database
  emails: ComposeDependencies
  rules: ResendRules
}

/** A claim with its fresh link, and the mail about it. */
export interface PreparedMail {
  claim: ClaimRow
  message: Message
  /** The orders that the mail is about. */
  orders: OrderFacts[]
}

/**
 * Composes the mail before the new generation is committed: if that fails, the older
 * link still works.
 */
export async function prepareMail(
  { db, emails, rules }: PrepareDependencies,
  claimId: string,
  address: string | undefined
): Promise<PreparedMail> {
  return db.transaction(async (tx) => {
    const claim = await prepareResend(tx, claimId, rules, address)
    const { message, orders } = await composeMail(tx, claim, emails)
    const to = address ?? claim.email
    return { claim, message: { ...message, to }, orders }
  })
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
  refuseWithoutOrders(claim)
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
    case "reverted":
      throw new OrderClaimRefusal("order_claim_reverted")
    case "declined":
      throw new OrderClaimRefusal("order_claim_declined")
    case "canceled":
      throw new OrderClaimRefusal("order_claim_canceled")
    case "requested":
    case "pending":
    case "sent":
    case "failed":
    case "throttled":
    case "ineligible":
  }
}

/** Refuses a claim that was asked for without ids and has no orders. */
function refuseWithoutOrders(claim: ClaimRow): void {
  if (claim.order_ids.length) return
  throw new OrderClaimRefusal("order_claim_stale", whyWithoutOrders(claim))
}

function whyWithoutOrders({ status, last_error }: ClaimRow): string {
  if (status === "requested") {
    return "The orders of this claim are still being looked up, so there is nothing to email yet. Try again in a moment."
  }
  if (status === "failed") {
    return "The orders of this claim could not be looked up, so there is nothing to email. Retry the failed emails: this looks them up again."
  }
  return last_error === OVER_LIMIT.customer
    ? "The orders of this claim were not looked up, because the customer had reached a limit, so there is nothing to email. The customer can ask again later, or you can ask on their behalf."
    : "No order to claim was found, so there is nothing to email. The customer can ask again, or you can ask on their behalf."
}

async function composeMail(
  db: Queryable,
  claim: ClaimRow,
  emails: ComposeDependencies
): Promise<Pick<PreparedMail, "message" | "orders">> {
  const [email] = await loadEmails(db, [claim], emails)
  if (email?.plan.type !== "request") {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  const { composed } = await writeEmail(email, emails)
  switch (composed.type) {
    case "message":
      return { message: composed.message, orders: email.plan.orders }
    case "broken":
      throw notAllowed(
        "The email could not be written, and nothing was sent",
        composed.reason
      )
    case "withdrawn":
    case "exhausted":
      throw new OrderClaimRefusal("order_claim_stale")
  }
}

/**
 * Makes the refusal with a sentence for the admin.
 *
 * @param why - a mail server's words or an error, in which addresses are masked: core logs
 * the sentence
 */
export function notAllowed(sentence: string, why?: string | null): MedusaError {
  if (why) return notAllowed(`${sentence}: ${maskAddresses(why)}`)
  return new MedusaError(MedusaError.Types.NOT_ALLOWED, sentence)
}

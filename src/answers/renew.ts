import type { PresentedToken } from "../claims/claim-token"
import { eligibleOrders } from "../claims/eligibility"
import type { Limits } from "../claims/limits"
import { OrderClaimRefusal } from "../claims/refusal"
import { refusalOf, standingOf } from "../claims/standing"
import type { OpeningRules } from "../outbox/decide"
import { lockLimits } from "../outbox/open-claims"
import { raiseGeneration, requeueClaim } from "../rows/claims"
import type { Queryable } from "../rows/database"
import { loadOrderFacts } from "../rows/orders"
import { tallyRecipients } from "../rows/tally"
import { existing, lockPresentedClaim } from "./presented"

/**
 * Puts a claim whose link has expired into the outbox again, for a fresh link to
 * the same recipient. Inside the caller's transaction.
 *
 * @throws {OrderClaimRefusal}
 */
export async function renewLink(
  db: Queryable,
  token: PresentedToken,
  rules: OpeningRules
): Promise<void> {
  await lockLimits(db)
  const claim = existing(await lockPresentedClaim(db, token))
  const now = new Date()
  const standing = standingOf(claim, token, now)
  if (standing !== "open" && standing !== "expired") throw refusalOf(standing)
  // The event's own token may be over while the link that was mailed still works.
  if (standing === "open" || now < claim.expires_at) {
    throw new OrderClaimRefusal("order_claim_active")
  }

  const factsOf = await loadOrderFacts(db, [claim])
  if (!eligibleOrders(factsOf(claim), claim, rules).length) {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  if (rules.limits && (await isMailboxFull(db, claim.email, rules.limits))) {
    throw new OrderClaimRefusal("order_claim_throttled")
  }
  await raiseGeneration(db, claim.id, rules.linkTtlMs)
  await requeueClaim(db, claim.id)
}

async function isMailboxFull(
  db: Queryable,
  recipient: string,
  { perRecipient }: Limits
): Promise<boolean> {
  const address = recipient.toLowerCase()
  const mailed = await tallyRecipients(db, [address], perRecipient)
  return (mailed.get(address) ?? 0) >= perRecipient.count
}

import type { PresentedToken } from "../claims/claim-token"
import { judgeClaim } from "../claims/judgement"
import { isOver, Limits } from "../claims/limits"
import { isLocked, linkStatusOf, refusalOf } from "../claims/link-status"
import { OrderClaimRefusal } from "../claims/refusal"
import { loadClaimFacts } from "../db/claim-facts"
import { raiseGeneration, requeueClaim } from "../db/claims"
import type { Queryable } from "../db/database"
import { lockOpening } from "../db/lock-opening"
import { tallyRecipients } from "../db/tally"
import type { OpeningRules } from "./decide-claim"
import { lockPresentedClaim, requireClaim } from "./presented-claim"

/**
 * Puts a claim into the outbox again, for a new link to the same recipient, if its
 * link has expired or stopped working after wrong passwords. Runs inside the caller's
 * transaction.
 *
 * @throws {OrderClaimRefusal}
 */
export async function renewLink(
  db: Queryable,
  token: PresentedToken,
  rules: OpeningRules
): Promise<void> {
  const claim = requireClaim(await lockPresentedClaim(db, token))
  const now = new Date()
  const status = linkStatusOf(claim, token, now)
  if (status !== "open" && status !== "expired") throw refusalOf(status)
  // The event's own token may have expired while the mailed link still works.
  const isInTime = now < claim.expires_at && !isLocked(claim)
  if (status === "open" || isInTime) {
    throw new OrderClaimRefusal("order_claim_active")
  }

  const factsOf = await loadClaimFacts(db, [claim])
  if (judgeClaim(claim, factsOf(claim), rules).type !== "eligible") {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  await raiseGeneration(db, claim.id, rules.linkTtlMs)
  await requeueClaim(db, claim.id)
  // Last, because of its lock; the refusal takes everything back.
  if (rules.limits && (await isOverLimit(db, claim.email, rules.limits))) {
    throw new OrderClaimRefusal("order_claim_throttled")
  }
}

/** True if the links to a recipient, the renewed one included, are too many. */
async function isOverLimit(
  db: Queryable,
  recipient: string,
  { perRecipient }: Limits
): Promise<boolean> {
  await lockOpening(db)
  const address = recipient.toLowerCase()
  const mailed = await tallyRecipients(db, [address], perRecipient)
  return isOver(mailed.get(address) ?? [], perRecipient)
}

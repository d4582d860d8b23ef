import type { PresentedToken } from "../claims/claim-token"
import { CLAIM_EVENTS } from "../claims/events"
import {
  isNewest,
  LinkStatus,
  linkStatusOf,
  refusalOf,
} from "../claims/link-status"
import { ClaimRow } from "../db/claims"
import { resolveClaim } from "../db/resolve-claim"
import type { Queryable } from "../db/database"
import { stageEvents } from "../db/events"
import { lockPresentedClaim, requireClaim } from "./presented-claim"

/**
 * Ends the claim of a token ("This wasn't me"), inside the caller's transaction.
 * Its claimant cannot ask for those orders again until an admin cancels the claim.
 * Declining twice changes nothing.
 *
 * @throws {OrderClaimRefusal}
 */
export async function declineClaim(
  db: Queryable,
  token: PresentedToken
): Promise<void> {
  const claim = requireClaim(await lockPresentedClaim(db, token))
  const status = linkStatusOf(claim, token, new Date())
  if (status === "declined") return
  if (status !== "open" && !mayDeclineLate(claim, token, status)) {
    throw refusalOf(status)
  }
  await resolveClaim(db, claim.id, { status: "declined", by: "recipient" })
  await stageEvents(db, [{ name: CLAIM_EVENTS.declined, claim }])
}

/**
 * True if a link that cannot confirm may still decline. Mail is often read late,
 * and a claimant who asks and cancels at once must not escape the block.
 */
function mayDeclineLate(
  claim: ClaimRow,
  token: PresentedToken,
  status: LinkStatus
): boolean {
  const isTakenBack = status === "canceled" && claim.resolved_by === "claimant"
  return status === "expired" || (isTakenBack && isNewest(claim, token))
}

import type { PresentedToken } from "../claims/claim-token"
import { CLAIM_EVENTS } from "../claims/events"
import { isNewest, refusalOf, Standing, standingOf } from "../claims/standing"
import { ClaimRow, resolveClaim } from "../rows/claims"
import type { Queryable } from "../rows/database"
import { stageEvents } from "../rows/events"
import { existing, lockPresentedClaim } from "./presented"

/**
 * "This wasn't me": ends the claim of a token, and keeps its claimant from
 * asking for those orders again until an admin cancels it. Inside the caller's
 * transaction. Once more changes nothing.
 *
 * @throws {OrderClaimRefusal}
 */
export async function declineClaim(
  db: Queryable,
  token: PresentedToken
): Promise<void> {
  const claim = existing(await lockPresentedClaim(db, token))
  const standing = standingOf(claim, token, new Date())
  if (standing === "declined") return
  if (!mayDecline(claim, token, standing)) throw refusalOf(standing)

  await resolveClaim(db, claim.id, { status: "declined", by: "recipient" })
  await stageEvents(db, [{ name: CLAIM_EVENTS.declined, claim }])
}

/**
 * Also who reads the mail late may say so, and a claimant who cancels at once
 * must not escape it.
 */
function mayDecline(
  claim: ClaimRow,
  token: PresentedToken,
  standing: Standing
): standing is "open" {
  return (
    standing === "open" ||
    standing === "expired" ||
    (standing === "canceled" &&
      claim.resolved_by === "claimant" &&
      isNewest(claim, token))
  )
}

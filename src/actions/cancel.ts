import { isKnownToClaimant } from "../claims/claimant-status"
import { refusalOf } from "../claims/link-status"
import type { ListedClaim } from "../db/claim-list"
import { ClaimRow, lockClaim } from "../db/claims"
import { resolveClaim } from "../db/resolve-claim"
import type { Queryable } from "../db/database"
import { requireListedClaim, unknownClaim } from "./require-claim"

/** The side that cancels. A claimant may cancel their own claims, an admin any. */
export type Canceler =
  { type: "claimant"; customerId: string } | { type: "admin"; userId?: string }

/**
 * Revokes a claim and its link, inside the caller's transaction. An admin's cancel
 * also lifts the block of a decline or a revert. Canceling twice changes nothing.
 *
 * @throws {MedusaError} `not_found`, for another customer's claim as well
 * @throws {OrderClaimRefusal} if the claim was confirmed, or was declined and its
 * claimant cancels
 */
export async function cancelClaim(
  db: Queryable,
  claimId: string,
  canceler: Canceler
): Promise<ListedClaim> {
  const claim = await lockClaim(db, { id: claimId })
  if (!claim || !mayTouch(claim, canceler)) throw unknownClaim(claimId)

  if (claim.status === "confirmed") throw refusalOf("used")
  if (claim.status === "reverted" && canceler.type === "claimant") {
    throw refusalOf("reverted")
  }
  if (claim.status === "declined" && canceler.type === "claimant") {
    throw refusalOf("declined")
  }
  if (claim.status !== "canceled") {
    await resolveClaim(db, claim.id, {
      status: "canceled",
      by: canceler.type,
      userId: canceler.type === "admin" ? canceler.userId : undefined,
    })
  }
  return requireListedClaim(db, claimId)
}

function mayTouch(claim: ClaimRow, canceler: Canceler): boolean {
  if (canceler.type === "admin") return true
  return claim.customer_id === canceler.customerId && isKnownToClaimant(claim)
}

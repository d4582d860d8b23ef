import { MedusaError } from "medusa-core-utils"
import { isKnownToClaimant } from "../claims/claimant-status"
import { refusalOf } from "../claims/link-status"
import { findListedClaim, ListedClaim } from "../db/claim-list"
import { ClaimRow, lockClaim, resolveClaim } from "../db/claims"
import type { Queryable } from "../db/database"

/** The side that cancels. A claimant may cancel their own claims, an admin any. */
export type Canceler =
  { type: "claimant"; customerId: string } | { type: "admin" }

/**
 * Revokes a claim and its link, inside the caller's transaction. An admin's cancel
 * also lifts a decline. Canceling twice changes nothing.
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
  if (claim.status === "declined" && canceler.type === "claimant") {
    throw refusalOf("declined")
  }
  if (claim.status !== "canceled") {
    await resolveClaim(db, claim.id, { status: "canceled", by: canceler.type })
  }
  const canceled = await findListedClaim(db, claimId)
  if (!canceled) throw unknownClaim(claimId)
  return canceled
}

function mayTouch(claim: ClaimRow, canceler: Canceler): boolean {
  if (canceler.type === "admin") return true
  return claim.customer_id === canceler.customerId && isKnownToClaimant(claim)
}

function unknownClaim(claimId: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `There is no order claim with the id ${claimId}.`
  )
}

import { MedusaError } from "medusa-core-utils"
import { refusalOf } from "../claims/link-status"
import { findListedClaim, ListedClaim } from "../db/claim-list"
import { ClaimRow, lockClaim, resolveClaim } from "../db/claims"
import type { Queryable } from "../db/database"

/** The side that cancels: a claimant their own claims, an admin any. */
export type Canceler =
  { type: "claimant"; customerId: string } | { type: "admin" }

/**
 * Revokes a claim, inside the caller's transaction: its link is dead. An admin's
 * cancel lifts a decline too. Once more changes nothing.
 *
 * @throws {MedusaError} `not_found`, for somebody else's claim as well
 * @throws {OrderClaimRefusal} if it was confirmed, or a claimant's was declined
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
  return canceler.type === "admin" || claim.customer_id === canceler.customerId
}

function unknownClaim(claimId: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `There is no order claim with the id ${claimId}.`
  )
}

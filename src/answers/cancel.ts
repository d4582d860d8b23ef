import { MedusaError } from "medusa-core-utils"
import { refusalOf } from "../claims/standing"
import { ClaimRow, lockClaim, resolveClaim } from "../rows/claims"
import type { Queryable } from "../rows/database"

/** Who cancels: a claimant their own claims, an admin any. */
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
): Promise<void> {
  const claim = await lockClaim(db, { id: claimId })
  if (!claim || !mayTouch(claim, canceler)) {
    throw new MedusaError(
      MedusaError.Types.NOT_FOUND,
      `There is no order claim with the id ${claimId}.`
    )
  }
  if (claim.status === "canceled") return
  if (claim.status === "confirmed") throw refusalOf("used")
  if (claim.status === "declined" && canceler.type === "claimant") {
    throw refusalOf("declined")
  }
  await resolveClaim(db, claim.id, { status: "canceled", by: canceler.type })
}

function mayTouch(claim: ClaimRow, canceler: Canceler): boolean {
  return canceler.type === "admin" || claim.customer_id === canceler.customerId
}

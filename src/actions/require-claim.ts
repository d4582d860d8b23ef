import { MedusaError } from "medusa-core-utils"
import { findListedClaim, ListedClaim } from "../db/claim-list"
import type { Queryable } from "../db/database"
import { findForStaff, StaffClaim } from "../db/staff-claims"

/**
 * Finds one claim, as it is listed.
 *
 * @throws {MedusaError} `not_found`
 */
export async function requireListedClaim(
  db: Queryable,
  claimId: string
): Promise<ListedClaim> {
  const claim = await findListedClaim(db, claimId)
  if (!claim) throw unknownClaim(claimId)
  return claim
}

/**
 * Finds one claim, as the shop's staff see it.
 *
 * @throws {MedusaError} `not_found`
 */
export async function requireForStaff(
  db: Queryable,
  claimId: string
): Promise<StaffClaim> {
  const claim = await findForStaff(db, claimId)
  if (!claim) throw unknownClaim(claimId)
  return claim
}

/** Makes the 404 for an id that no claim has, or not this customer's. */
export function unknownClaim(claimId: string): MedusaError {
  return new MedusaError(
    MedusaError.Types.NOT_FOUND,
    `There is no order claim with the id ${claimId}.`
  )
}

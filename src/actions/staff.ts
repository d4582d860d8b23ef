import {
  ClaimFilter,
  ListedClaim,
  listClaims,
  Pagination,
} from "../db/claim-list"
import type { Database } from "../db/database"
import { cancelClaim } from "./cancel"
import { requireListedClaim } from "./require-claim"
import {
  RevertDependencies,
  revertAndHandBack,
  RevertingStore,
} from "./revert-and-hand-back"

/** The parts that staff's operations use. */
export interface StaffDependencies extends RevertDependencies {
  db: Database
}

/** The operations of the shop's staff. They need no token, and see every claim. */
export class Staff {
  constructor(
    private readonly parts: StaffDependencies,
    private readonly store: RevertingStore
  ) {}

  /** Lists claims, the newest first, and counts those that match, up to 10,000. */
  async list(
    filter: ClaimFilter,
    pagination: Pagination
  ): Promise<{ claims: ListedClaim[]; count: number }> {
    return listClaims(this.parts.db, filter, pagination)
  }

  /**
   * Revokes a claim and its link, or lifts the block of a declined or reverted one.
   *
   * @throws {OrderClaimRefusal}, or `MedusaError` `not_found`
   */
  async cancel(claimId: string): Promise<ListedClaim> {
    return this.parts.db.transaction((tx) =>
      cancelClaim(tx, claimId, { type: "admin" })
    )
  }

  /**
   * Gives the orders of a confirmed claim back: at any time.
   *
   * @throws {OrderClaimRefusal}, `MedusaError` `not_found`, or {WaitedTooLong}
   */
  async giveBack(claimId: string): Promise<ListedClaim> {
    const reverter = { type: "admin", claimId } as const
    await revertAndHandBack(this.parts, this.store, reverter)
    return requireListedClaim(this.parts.db, claimId)
  }
}

import { ClaimCounts, countClaims } from "../db/claim-counts"
import type { ClaimFilter, Pagination } from "../db/claim-list"
import { listForStaff, StaffClaim } from "../db/staff-claims"
import type { TimeRange } from "../values/time-range"
import { askForCustomer, StaffRequest } from "./ask-for-customer"
import { cancelClaim } from "./cancel"
import type { OpeningRules } from "./decide-claim"
import { recordResentMail } from "./record-resent-mail"
import { requireForStaff } from "./require-claim"
import { ResendDependencies, resendClaim } from "./resend"
import { retryFailed, RetryResult } from "./retry"
import {
  RevertDependencies,
  revertAndHandBack,
  RevertingStore,
} from "./revert-and-hand-back"

/** The parts that staff's operations use. */
export interface StaffDependencies extends RevertDependencies {
  db: ResendDependencies["db"]
  rules: OpeningRules
  resending: ResendDependencies
}

/**
 * The operations of the shop's staff. They need no token, and see every claim. Each
 * takes the id of the user who decides, if it is known.
 */
export class Staff {
  constructor(
    private readonly parts: StaffDependencies,
    private readonly store: RevertingStore
  ) {}

  /** Lists claims, the newest first, and counts those that match, up to 10,000. */
  async list(
    filter: ClaimFilter,
    pagination: Pagination
  ): Promise<{ claims: StaffClaim[]; count: number }> {
    return listForStaff(this.parts.db, filter, pagination)
  }

  /** Counts the shop's claims by their status, each up to 10,000. */
  async counts(): Promise<ClaimCounts> {
    return countClaims(this.parts.db)
  }

  /**
   * Asks the owner of orders on a customer's behalf: opens an ordinary claim, whose link
   * goes to the address of the orders.
   *
   * @throws {OrderClaimRefusal}, or `MedusaError` that names what is wrong
   */
  async ask(request: StaffRequest): Promise<StaffClaim> {
    const { db, rules, courier } = this.parts
    const claim = await db.transaction(async (tx) => {
      const { id } = await askForCustomer(tx, request, rules)
      return requireForStaff(tx, id)
    })
    courier.wake()
    return claim
  }

  /**
   * Mails a claim again as "Re-Send Mail" does: at once, with a new token.
   *
   * @param to - an address other than the claim's, if the options allow it
   * @throws {OrderClaimRefusal}, or `MedusaError`, `not_found` for an unknown id
   */
  async resend(claimId: string, to?: string): Promise<StaffClaim> {
    const { db, resending } = this.parts
    await requireForStaff(db, claimId)
    await resendClaim(resending, claimId, to, recordResentMail)
    return requireForStaff(db, claimId)
  }

  /**
   * Puts what failed in a time into the outbox again, within the limits: up to 1,000
   * claims at once.
   */
  async retry(failedAt: TimeRange): Promise<RetryResult> {
    const result = await retryFailed(this.parts, failedAt)
    if (result.queued) this.parts.courier.wake()
    return result
  }

  /**
   * Revokes a claim and its link, or lifts the block of a declined or reverted one.
   *
   * @throws {OrderClaimRefusal}, or `MedusaError` `not_found`
   */
  async cancel(claimId: string, userId?: string): Promise<StaffClaim> {
    const canceler = { type: "admin", userId } as const
    return this.parts.db.transaction(async (tx) => {
      await cancelClaim(tx, claimId, canceler)
      return requireForStaff(tx, claimId)
    })
  }

  /**
   * Gives the orders of a confirmed claim back: at any time.
   *
   * @throws {OrderClaimRefusal}, `MedusaError` `not_found`, or {WaitedTooLong}
   */
  async giveBack(claimId: string, userId?: string): Promise<StaffClaim> {
    const reverter = { type: "admin", claimId, userId } as const
    return revertAndHandBack(this.parts, this.store, reverter, (tx) =>
      requireForStaff(tx, claimId)
    )
  }
}

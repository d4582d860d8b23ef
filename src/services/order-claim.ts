import { TransactionBaseService } from "@medusajs/medusa"
import { cancelClaim, Canceler } from "../actions/cancel"
import { confirmClaim } from "../actions/confirm"
import { declineClaim } from "../actions/decline"
import { ExaminedClaim, examineClaim } from "../actions/examine"
import { CoreServices, handOver } from "../actions/hand-over"
import type { OpenedClaim } from "../actions/open-claims"
import { openFromEvent } from "../actions/open-from-event"
import { renewLink } from "../actions/renew"
import { resendClaim, ResentClaim } from "../actions/resend"
import { PresentedToken, readToken } from "../claims/claim-token"
import { OrderClaimRefusal } from "../claims/refusal"
import {
  ClaimFilter,
  listClaims,
  ListedClaim,
  Pagination,
} from "../db/claim-list"
import { onManager } from "../db/database"
import { isTableMissing } from "../db/table"
import type { Pages } from "../hosted-page/pages"
import { Runtime, runtimeOf, StoreContainer } from "../runtime"

/** What can be done with order claims; registered as `orderClaimService`. */
export default class OrderClaimService extends TransactionBaseService {
  static LIFE_TIME = "SINGLETON"

  private readonly runtime: Runtime

  /** @throws {InvalidOptions} */
  constructor(
    private readonly container: StoreContainer & CoreServices,
    options: unknown
  ) {
    super(container)
    this.runtime = runtimeOf(container, options)
  }

  /** The hosted page. */
  get pages(): Pages {
    return this.runtime.pages
  }

  /**
   * Itself: each operation is a transaction of its own, and core's way of
   * copying a service would lose the options.
   */
  override withTransaction(): this {
    return this
  }

  /**
   * Opens the claim that an event asks for; resolves once it is committed. The
   * email leaves afterwards.
   *
   * @param data - the payload of `order-update-token.created`
   * @param recordedByCore - an order whose notification core writes itself
   * @returns `undefined` for a payload that no claim can be opened from: the log
   * says why
   */
  async open(
    data: unknown,
    recordedByCore?: string
  ): Promise<OpenedClaim | undefined> {
    return openFromEvent(this.runtime, data, recordedByCore)
  }

  /**
   * Moves the orders of a claim into the claimant's account.
   *
   * @param token - of the link, or the event's own
   * @param customerId - the customer who is logged in, if one is
   * @throws {OrderClaimRefusal}, or `MedusaError` `unauthorized` with the option
   * `require_login`
   */
  async confirm(token: unknown, customerId?: string): Promise<void> {
    const { rules, confirms, courier } = this.runtime
    const presented = this.read(token)

    const confirmation = await confirms(() =>
      this.container.manager.transaction((tx) =>
        confirmClaim(
          onManager(tx),
          presented,
          rules,
          (confirmation) => handOver(this.container, tx, confirmation),
          customerId
        )
      )
    )
    if (confirmation?.claim.to_notify.length) courier.wake()
  }

  /**
   * Judges a token, and loads of an open claim what a page needs to ask its
   * reader. Changes nothing.
   *
   * @throws {OrderClaimRefusal} for a token of no claim
   */
  async examine(token: unknown): Promise<ExaminedClaim> {
    const { db, rules } = this.runtime
    return examineClaim(db, this.read(token), rules)
  }

  /**
   * "This wasn't me": ends the claim, and keeps its claimant from asking for
   * those orders again until an admin cancels it.
   *
   * @throws {OrderClaimRefusal}
   */
  async decline(token: unknown): Promise<void> {
    const presented = this.read(token)
    await this.runtime.db.transaction((tx) => declineClaim(tx, presented))
  }

  /**
   * Mails a fresh link to the recipient of one that has expired.
   *
   * @throws {OrderClaimRefusal}
   */
  async renew(token: unknown): Promise<void> {
    const { db, rules, courier } = this.runtime
    const presented = this.read(token)
    await db.transaction((tx) => renewLink(tx, presented, rules))
    courier.wake()
  }

  /**
   * Revokes a claim; its link is dead.
   *
   * @throws {OrderClaimRefusal}, or `MedusaError` `not_found`
   */
  async cancel(claimId: string, canceler: Canceler): Promise<ListedClaim> {
    return this.runtime.db.transaction((tx) =>
      cancelClaim(tx, claimId, canceler)
    )
  }

  /** Lists claims, the newest first, and counts all that match. */
  async list(
    filter: ClaimFilter,
    pagination: Pagination
  ): Promise<{ claims: ListedClaim[]; count: number }> {
    return listClaims(this.runtime.db, filter, pagination)
  }

  /**
   * Mails a claim again with a fresh token; the older link is dead afterwards.
   *
   * @param to - another address than the claim's, if the options allow it
   * @throws {OrderClaimRefusal} with a sentence that the dashboard shows
   */
  async resend(claimId: string, to?: string): Promise<ResentClaim> {
    return resendClaim(this.runtime.resending, claimId, to)
  }

  /**
   * Resolves to true if claims can be recorded. Without the table the log says in
   * one line what to run; a database that does not answer counts as ready.
   */
  async isReady(): Promise<boolean> {
    const { db, logger } = this.runtime
    if (!(await isTableMissing(db).catch(() => false))) return true

    logger.error(
      "medusa-plugin-order-claim: its table order_claim is missing, so no claim can be recorded or mailed. Run `npx medusa migrations run` and start again."
    )
    return false
  }

  /** Starts the courier. */
  start(): void {
    this.runtime.courier.start()
  }

  /**
   * Leases nothing more and gives back at once what is not on the wire.
   *
   * @returns when what is on the wire is sent and recorded
   */
  async stop(): Promise<void> {
    const { courier, transport } = this.runtime
    await courier.stop()
    transport.close()
  }

  private read(token: unknown): PresentedToken {
    const presented = readToken(token, this.runtime.jwtSecret)
    if (!presented) throw new OrderClaimRefusal("order_claim_invalid")
    return presented
  }
}

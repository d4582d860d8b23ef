import {
  type EventBusService,
  type OrderService,
  TransactionBaseService,
} from "@medusajs/medusa"
import type { EntityManager } from "typeorm"
import {
  MalformedClaimRequest,
  parseClaimRequest,
} from "../claims/claim-request"
import { cancelClaim, Canceler } from "../answers/cancel"
import { Confirmation, confirmClaim } from "../answers/confirm"
import { declineClaim } from "../answers/decline"
import { ExaminedClaim, examineClaim } from "../answers/examine"
import { renewLink } from "../answers/renew"
import { PresentedToken, readToken } from "../claims/claim-token"
import { maskAddress } from "../email/address"
import { CLAIM_EVENTS } from "../claims/events"
import { OrderClaimRefusal } from "../claims/refusal"
import { ClaimFilter, listClaims, ListedClaim, Page } from "../rows/claim-list"
import { onManager } from "../rows/database"
import type { OpenedClaim } from "../outbox/open-claims"
import { Outbox, Surroundings } from "../outbox/outbox"
import { Pages } from "../page/pages"
import type { ResentClaim } from "../outbox/resender"
import { isTableMissing } from "../rows/table"

interface Dependencies extends Surroundings {
  orderService: OrderService
  eventBusService: EventBusService
}

/** What can be done with order claims; registered as `orderClaimService`. */
export default class OrderClaimService extends TransactionBaseService {
  static LIFE_TIME = "SINGLETON"

  /** The hosted page. */
  readonly pages: Pages

  private readonly outbox: Outbox

  /** @throws {InvalidOptions} */
  constructor(
    private readonly container: Dependencies,
    options: unknown
  ) {
    super(container)
    this.outbox = Outbox.of(container, options)
    this.pages = new Pages(this.outbox)
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
    const { opener, logger } = this.outbox
    try {
      const request = parseClaimRequest(data)
      const opened = await opener.open({ ...request, recordedByCore })
      this.tell(opened)
      return opened
    } catch (error) {
      if (!(error instanceof MalformedClaimRequest)) throw error
      logger.warn(`order-claim: ${error.message}`)
      return undefined
    }
  }

  /**
   * Moves the orders of a claim into the claimant's account.
   *
   * @param token - of the link, or the event's own
   * @param customerId - who is logged in, if somebody is
   * @throws {OrderClaimRefusal}, or `MedusaError` `unauthorized` with the option
   * `require_login`
   */
  async confirm(token: unknown, customerId?: string): Promise<void> {
    const { settings, confirms, courier } = this.outbox
    const presented = this.read(token)

    const confirmation = await confirms(() =>
      this.container.manager.transaction(async (tx) => {
        const db = onManager(tx)
        const done = await confirmClaim(db, presented, settings, customerId)
        if (done) await this.handOver(tx, done)
        return done
      })
    )
    if (confirmation?.claim.untold.length) courier.wake()
  }

  /**
   * Says what a token is worth, and of an open claim what a page needs to ask
   * its reader. Changes nothing.
   *
   * @throws {OrderClaimRefusal} for a token of no claim
   */
  async examine(token: unknown): Promise<ExaminedClaim> {
    const { pool, settings } = this.outbox
    return examineClaim(pool, this.read(token), settings)
  }

  /**
   * "This wasn't me": ends the claim, and keeps its claimant from asking for
   * those orders again until an admin cancels it.
   *
   * @throws {OrderClaimRefusal}
   */
  async decline(token: unknown): Promise<void> {
    const presented = this.read(token)
    await this.outbox.pool.transaction((db) => declineClaim(db, presented))
  }

  /**
   * Mails a fresh link to the recipient of one that has expired.
   *
   * @throws {OrderClaimRefusal}
   */
  async renew(token: unknown): Promise<void> {
    const { pool, settings, courier } = this.outbox
    const presented = this.read(token)
    await pool.transaction((db) => renewLink(db, presented, settings))
    courier.wake()
  }

  /**
   * Revokes a claim; its link is dead.
   *
   * @throws {OrderClaimRefusal}, or `MedusaError` `not_found`
   */
  async cancel(claimId: string, canceler: Canceler): Promise<ListedClaim> {
    return this.outbox.pool.transaction(async (db) => {
      await cancelClaim(db, claimId, canceler)
      const { claims } = await listClaims(db, { id: claimId })
      return claims[0] as ListedClaim
    })
  }

  /** Claims, the newest first, and how many there are in all. */
  async list(
    filter: ClaimFilter,
    page: Page
  ): Promise<{ claims: ListedClaim[]; count: number }> {
    return listClaims(this.outbox.pool, filter, page)
  }

  /**
   * Mails a claim again with a fresh token; the older link is dead afterwards.
   *
   * @param to - another address than the claim's, if the options allow it
   * @throws {OrderClaimRefusal} with a sentence that the dashboard shows
   */
  async resend(claimId: string, to?: string): Promise<ResentClaim> {
    return this.outbox.resender.resend(claimId, to)
  }

  /**
   * Whether claims can be recorded. Without the table it says in one line what
   * to run; a database that does not answer is no reason to say no.
   */
  async isReady(): Promise<boolean> {
    const { pool, logger } = this.outbox
    if (!(await isTableMissing(pool).catch(() => false))) return true

    logger.error(
      "medusa-plugin-order-claim: its table order_claim is missing, so no claim can be recorded or mailed. Run `npx medusa migrations run` and start again."
    )
    return false
  }

  /** Starts the courier. */
  start(): void {
    this.outbox.courier.start()
  }

  /**
   * Leases nothing more and gives back at once what is not on the wire.
   *
   * @returns when what is on the wire is sent and recorded
   */
  async stop(): Promise<void> {
    const { courier, transport } = this.outbox
    await courier.stop()
    transport.close()
  }

  private read(token: unknown): PresentedToken {
    const presented = readToken(token, this.outbox.jwtSecret)
    if (!presented) throw new OrderClaimRefusal("order_claim_invalid")
    return presented
  }

  private async handOver(
    tx: EntityManager,
    { claim, claimant, moving }: Confirmation
  ): Promise<void> {
    const { orderService, eventBusService } = this.container
    const orders = orderService.withTransaction(tx)
    for (const id of moving) {
      await orders.update(id, {
        customer_id: claimant.id,
        email: claimant.email,
      })
    }
    if (!moving.length) return
    await eventBusService
      .withTransaction(tx)
      .emit(CLAIM_EVENTS.confirmed, { id: claim.id, order_ids: moving })
  }

  private tell({ claim, isNew }: OpenedClaim): void {
    const { courier, logger } = this.outbox
    if (!isNew) return
    if (claim.status === "pending") return courier.wake()

    logger.info(
      `order-claim: ${claim.id} to ${maskAddress(claim.email)} is not mailed: ${claim.status}, ${claim.last_error ?? ""}`
    )
  }
}

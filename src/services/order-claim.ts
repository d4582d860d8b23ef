// From Medusa's own file: its index loads modules that a server does not need.
import { TransactionBaseService } from "@medusajs/medusa/dist/interfaces"
import type { LoginStore } from "../actions/confirm-with-password"
import type { Erasure, ErasureOptions } from "../actions/erase"
import type { ExaminedClaim } from "../actions/examine"
import type { OpenedClaim } from "../actions/open-claims"
import type { RevertingStore } from "../actions/revert-and-hand-back"
import type { ResentClaim } from "../actions/resend"
import type { Staff } from "../actions/staff"
import type { AddressRequest } from "../claims/address-request"
import type { Claim } from "../claims/claim"
import { PresentedToken, readToken } from "../claims/claim-token"
import { readRevertToken, RevertToken } from "../claims/revert-token"
import { OrderClaimRefusal } from "../claims/refusal"
import { listClaims, ListedClaim, Pagination } from "../db/claim-list"
import { isTableMissing } from "../db/table"
import type { Pages } from "../hosted-page/pages"
import { Configuration, configurationOf } from "../options/configuration"
import type { Runtime, StoreContainer } from "../runtime"

/** The operations on order claims; registered as `orderClaimService`. */
export default class OrderClaimService extends TransactionBaseService {
  static LIFE_TIME = "SINGLETON"

  private readonly configuration: Configuration
  private builtRuntime?: Runtime

  /** @throws {InvalidOptions} */
  constructor(
    private readonly container: StoreContainer & LoginStore & RevertingStore,
    options: unknown
  ) {
    super(container)
    this.configuration = configurationOf(container, options)
  }

  /** The hosted page. */
  get pages(): Pages {
    return this.runtime.pages
  }

  /** The lifetime of a link, in milliseconds. */
  get linkTtlMs(): number {
    return this.configuration.settings.linkTtlMs
  }

  /** The operations of the shop's staff on claims. */
  get staff(): Staff {
    const { runtime, container } = this
    return new runtime.actions.Staff(runtime, container)
  }

  /**
   * Returns the service itself: each operation runs in its own transaction, and a
   * copy made in core's way would lose the options.
   */
  override withTransaction(): this {
    return this
  }

  /**
   * Opens the claim that an event asks for. Resolves once the claim is committed;
   * the email is sent afterwards.
   *
   * @param data - the payload of `order-update-token.created`
   * @param recordedByCore - an order whose notification core writes itself
   * @returns `undefined` for an invalid payload; the log gives the reason
   */
  async open(
    data: unknown,
    recordedByCore?: string
  ): Promise<OpenedClaim | undefined> {
    const { runtime } = this
    return runtime.actions.openFromEvent(runtime, data, recordedByCore)
  }

  /**
   * Records that a customer asks for the guest orders of an address. Resolves before
   * any order is looked up; if there are some, the link is mailed to that address.
   * Asking again while the claim is waiting returns the same claim.
   *
   * @param customerId - the logged-in customer
   * @throws {MedusaError} `unauthorized` for a customer without an account
   * @throws {OrderClaimRefusal} for one who asks far too often
   */
  async ask(customerId: string, request: AddressRequest = {}): Promise<Claim> {
    const { actions, db, rules } = this.runtime
    return db.transaction((tx) =>
      actions.askForOrders(tx, customerId, request, rules)
    )
  }

  /**
   * Offers a new account the guest orders of its address, if there are some and the
   * option `offer_after_registration` is set.
   *
   * @param data - the payload of `customer.created`. It is the customer's row, so
   * only the id and the address are read
   */
  async offer(data: unknown): Promise<void> {
    if (!this.configuration.settings.offerAfterRegistration) return

    const { id, email } = Object(data) as { id?: unknown; email?: unknown }
    if (typeof id !== "string" || typeof email !== "string") return
    const { actions, db, rules } = this.runtime
    await db.transaction((tx) => actions.offerOrders(tx, { id, email }, rules))
  }

  /**
   * Moves the orders of a claim into the claimant's account. A repeated request joins
   * one that is still running and has the same outcome.
   *
   * @param token - the token of the link, or of the event
   * @param customerId - the logged-in customer, if any
   * @throws {OrderClaimRefusal}, or `MedusaError` `unauthorized` for a claim that only
   * its claimant may confirm, or {WaitedTooLong} if the database is slow or does not
   * respond
   */
  async confirm(token: unknown, customerId?: string): Promise<void> {
    const { runtime, container } = this
    const presented = this.read(token)
    const { confirmAndHandOver } = runtime.actions
    await confirmAndHandOver(runtime, container, presented, customerId)
  }

  /**
   * Moves the orders of a claim into the claimant's account, for a reader who enters
   * its password. After five wrong passwords the link stops working; it can be renewed.
   *
   * @throws as {@link confirm}; `unauthorized` for a wrong password, too
   */
  async confirmWithPassword(token: unknown, password: string): Promise<void> {
    const { runtime, container } = this
    const presented = this.read(token)
    const { confirmWithPassword } = runtime.actions
    await confirmWithPassword(runtime, container, presented, password)
  }

  /**
   * Examines the claim of a token: that of a link, or one that takes a confirm back.
   * While the token works, the result has the details that its reader needs to decide.
   * Changes nothing.
   *
   * @throws {OrderClaimRefusal} if no claim has this token
   */
  async examine(token: unknown): Promise<ExaminedClaim> {
    const { actions, db, rules } = this.runtime
    const revert = this.readRevert(token)
    return revert
      ? actions.examineRevert(db, revert)
      : actions.examineClaim(db, this.read(token), rules)
  }

  /**
   * Gives the orders of a confirmed claim back to the customer they came from ("This
   * wasn't me: take it back"). Until an admin lifts the block, the claimant cannot ask
   * for them again.
   *
   * @param token - the token in the mail about the confirm; that of a link is refused
   * @returns `stale` if no order could go back: they were canceled, or have moved on
   * @throws {OrderClaimRefusal}, or {WaitedTooLong}
   */
  async revert(token: unknown): Promise<"reverted" | "stale"> {
    const presented = this.readRevert(token)
    if (!presented) throw new OrderClaimRefusal("order_claim_invalid")
    const { runtime, container } = this
    const reverter = { type: "recipient", token: presented } as const
    const { revertAndHandBack, examineRevert } = runtime.actions
    const { status } = await revertAndHandBack(
      runtime,
      container,
      reverter,
      (tx) => examineRevert(tx, presented)
    )
    return status === "stale" ? "stale" : "reverted"
  }

  /**
   * Ends the claim of a token ("It wasn't me"). The claimant cannot ask for those
   * orders again until an admin cancels the claim.
   *
   * @throws {OrderClaimRefusal}
   */
  async decline(token: unknown): Promise<void> {
    const presented = this.read(token)
    const { actions, db } = this.runtime
    await db.transaction((tx) => actions.declineClaim(tx, presented))
  }

  /**
   * Mails a fresh link to the recipient of an expired one.
   *
   * @throws {OrderClaimRefusal}
   */
  async renew(token: unknown): Promise<void> {
    const { actions, db, rules, courier } = this.runtime
    const presented = this.read(token)
    await db.transaction((tx) => actions.renewLink(tx, presented, rules))
    courier.wake()
  }

  /**
   * Revokes a customer's own claim and its link.
   *
   * @throws {OrderClaimRefusal}, or `MedusaError` `not_found`
   */
  async cancel(claimId: string, customerId: string): Promise<ListedClaim> {
    const { actions, db } = this.runtime
    const canceler = { type: "claimant", customerId } as const
    return db.transaction((tx) => actions.cancelClaim(tx, claimId, canceler))
  }

  /**
   * Lists a customer's own claims, the newest first, and counts them, up to 10,000.
   * Those that the customer may not know of are left out.
   */
  async list(
    customerId: string,
    pagination: Pagination
  ): Promise<{ claims: ListedClaim[]; count: number }> {
    const filter = { customerId, forClaimant: true }
    return listClaims(this.runtime.db, filter, pagination)
  }

  /**
   * Mails a claim again with a fresh token; older links stop working.
   *
   * @param to - an address other than the claim's, if the options allow it
   * @throws {OrderClaimRefusal} with a message that the dashboard shows
   */
  async resend(claimId: string, to?: string): Promise<ResentClaim> {
    const { actions, resending } = this.runtime
    return actions.resendClaim(resending, claimId, to)
  }

  /**
   * Takes an address out of claims, deliveries and the plugin's notifications; cancels
   * first what is open. docs/privacy.md says what remains elsewhere.
   *
   * @throws `MedusaError` `invalid_data` for anything but one address, or
   * {WaitedTooLong} if a claim stays in use
   */
  async erase(email: string, options?: ErasureOptions): Promise<Erasure> {
    const { actions, db } = this.runtime
    return actions.eraseAddress(db, email, options)
  }

  /**
   * Resolves to true if claims can be recorded. If the table is missing, the log
   * says what to run. A database that does not respond counts as ready.
   */
  async isReady(): Promise<boolean> {
    const isMissing = isTableMissing(this.runtime.db)
    if (!(await isMissing.catch(() => false))) return true

    this.container.logger.error(
      "medusa-plugin-order-claim: the table order_claim is missing, so no claim can be recorded or emailed. Run `npx medusa migrations run` and start again."
    )
    return false
  }

  /** Starts the workers that look up orders, mail claims and delete old ones. */
  start(): void {
    const { finder, courier, pruner } = this.runtime
    finder.start()
    courier.start()
    pruner.start()
  }

  /**
   * Stops the workers and closes the transport. Resolves once the mails that are being
   * sent are recorded. The log lists the claims that could not be opened.
   */
  async stop(): Promise<void> {
    if (!this.builtRuntime) return
    const { finder, courier, pruner, opener, transport } = this.builtRuntime
    opener.logUnopened()
    await Promise.all([finder.stop(), courier.stop(), pruner.stop()])
    transport.close()
  }

  /**
   * The parts that work on claims. They are loaded and built on first use, so that they
   * do not slow down the start of the shop.
   */
  private get runtime(): Runtime {
    this.builtRuntime ??= loadRuntime()(this.container, this.configuration)
    return this.builtRuntime
  }

  /** Reads a token that takes a confirm back, unless the shop has turned that off. */
  private readRevert(token: unknown): RevertToken | undefined {
    const { settings, jwtSecret } = this.configuration
    return settings.revertTtlMs === false
      ? undefined
      : readRevertToken(token, jwtSecret)
  }

  private read(token: unknown): PresentedToken {
    const presented = readToken(token, this.configuration.jwtSecret)
    if (!presented) throw new OrderClaimRefusal("order_claim_invalid")
    return presented
  }
}

function loadRuntime() {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { runtimeOf } = require("../runtime") as typeof import("../runtime")
  return runtimeOf
}

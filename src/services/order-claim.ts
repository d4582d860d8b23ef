import {
  type ConfigModule,
  type EventBusService,
  type OrderService,
  TransactionBaseService,
} from "@medusajs/medusa"
import pLimit from "p-limit"
import type { EntityManager } from "typeorm"
import {
  MalformedClaimRequest,
  parseClaimRequest,
} from "../claims/claim-request"
import { readToken } from "../claims/claim-token"
import { CLAIM_EVENTS } from "../claims/events"
import { maskAddress } from "../claims/email-address"
import { OrderClaimRefusal } from "../claims/refusal"
import type { Logger } from "../log"
import { parseOptions, Settings } from "../options/settings"
import { assertPostgres, readJwtSecret } from "../options/surroundings"
import { Confirmation, confirmClaim } from "../outbox/confirm"
import { Courier } from "../outbox/courier"
import { onManager, OwnPool } from "../outbox/database"
import type { OpenedClaim } from "../outbox/open"
import { Opener } from "../outbox/opener"
import { Resender, ResentClaim } from "../outbox/resender"
import { isTableMissing } from "../outbox/table"
import { createTransport } from "../transports"

interface Dependencies extends Record<string, unknown> {
  manager: EntityManager
  orderService: OrderService
  eventBusService: EventBusService
  logger: Logger
  configModule: ConfigModule
}

// Each confirm holds one of the shop's connections; the rest stay for the shop.
const CONFIRMS_AT_ONCE = 4

/**
 * What can be done with order claims; registered as `orderClaimService`. One
 * per process: it holds the opener, the courier and their connections, all of
 * them made on first use.
 */
export default class OrderClaimService extends TransactionBaseService {
  static LIFE_TIME = "SINGLETON"

  private readonly settings: Settings
  private readonly jwtSecret: string
  private readonly pool: OwnPool
  private readonly opener: Opener
  private readonly courier: Courier
  private readonly resender: Resender
  private stopped?: Promise<void>
  private readonly confirms = pLimit(CONFIRMS_AT_ONCE)

  /** @throws {InvalidOptions} */
  constructor(
    private readonly container: Dependencies,
    options: unknown
  ) {
    super(container)
    const { manager, logger, configModule } = container
    assertPostgres(manager)
    const settings = parseOptions(options)
    const { jwt_secret } = configModule.projectConfig
    const jwtSecret = readJwtSecret(jwt_secret, logger)
    const transport = createTransport(settings, container, logger)
    const pool = new OwnPool(manager, ({ message }) =>
      logger.warn(`order-claim: a database connection was lost: ${message}`)
    )
    const outbox = { pool, transport, settings, jwtSecret, logger }
    this.settings = settings
    this.jwtSecret = jwtSecret
    this.pool = pool
    this.opener = new Opener(pool, settings)
    this.courier = new Courier(outbox)
    this.resender = new Resender(outbox)
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
    const { logger } = this.container
    try {
      const request = parseClaimRequest(data)
      const opened = await this.opener.open({ ...request, recordedByCore })
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
   * @throws {OrderClaimRefusal}
   */
  async confirm(token: unknown): Promise<void> {
    const presented = readToken(token, this.jwtSecret)
    if (!presented) throw new OrderClaimRefusal("order_claim_invalid")

    const { manager } = this.container
    await this.confirms(() =>
      manager.transaction(async (tx) => {
        const db = onManager(tx)
        const confirmation = await confirmClaim(db, presented, this.settings)
        if (confirmation) await this.handOver(tx, confirmation)
      })
    )
  }

  /**
   * Mails a claim again with a fresh token; the older link is dead afterwards.
   *
   * @param to - another address than the claim's, if the options allow it
   * @throws {OrderClaimRefusal} with a sentence that the dashboard shows
   */
  async resend(claimId: string, to?: string): Promise<ResentClaim> {
    return this.resender.resend(claimId, to)
  }

  /** Starts the courier. Without the table it says in one line what to run. */
  async start(): Promise<void> {
    if (await isTableMissing(this.pool)) {
      this.container.logger.error(
        "medusa-plugin-order-claim: its table order_claim is missing, so no claim can be recorded or mailed. Run `npx medusa migrations run` and start again."
      )
      return
    }
    this.courier.start()
  }

  /**
   * Leases nothing more and gives back at once what is not on the wire.
   *
   * @returns when what is on the wire is sent and recorded
   */
  stop(): Promise<void> {
    this.stopped ??= this.courier.stop()
    return this.stopped
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
    await eventBusService
      .withTransaction(tx)
      .emit(CLAIM_EVENTS.confirmed, { id: claim.id, order_ids: moving })
  }

  private tell({ claim, isNew }: OpenedClaim): void {
    if (!isNew) return
    if (claim.status === "pending") return this.courier.wake()

    this.container.logger.info(
      `order-claim: ${claim.id} to ${maskAddress(claim.email)} is not mailed: ${claim.status}, ${claim.last_error ?? ""}`
    )
  }
}

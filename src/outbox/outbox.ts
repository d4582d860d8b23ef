import type { ConfigModule } from "@medusajs/medusa"
import pLimit from "p-limit"
import type { EntityManager } from "typeorm"
import { Renderer } from "../email/renderer"
import { TextSource } from "../texts/texts"
import type { Logger } from "../log"
import { parseOptions, Settings } from "../options/settings"
import { assertPostgres, readJwtSecret } from "../options/surroundings"
import { createTransport } from "../transports"
import type { Transport } from "../transports/transport"
import { Courier } from "./courier"
import { OwnPool } from "../rows/database"
import { Opener } from "./opener"
import { Resender } from "./resender"

/** What of a store the outbox needs. */
export interface Surroundings extends Record<string, unknown> {
  manager: EntityManager
  logger: Logger
  configModule: ConfigModule
}

// Each confirm holds one of the shop's connections; the rest stay for the shop.
const CONFIRMS_AT_ONCE = 4

const outboxes = new WeakMap<object, Outbox>()

/**
 * What works on claims in this process: the opener, the courier, the resender,
 * and what they share. Nothing of it connects before its first use.
 */
export class Outbox {
  readonly settings: Settings
  readonly jwtSecret: string
  readonly pool: OwnPool
  readonly texts: TextSource
  readonly renderer: Renderer
  readonly transport: Transport
  readonly logger: Logger
  readonly opener: Opener
  readonly courier: Courier
  readonly resender: Resender
  readonly confirms = pLimit(CONFIRMS_AT_ONCE)

  /**
   * The one outbox of a database connection. Medusa 1.7 builds every service
   * anew for each resolve; there must not be a pool and a courier for each.
   *
   * @throws {InvalidOptions}
   */
  static of(store: Surroundings, options: unknown): Outbox {
    const { connection } = store.manager
    const outbox = outboxes.get(connection) ?? new Outbox(store, options)
    outboxes.set(connection, outbox)
    return outbox
  }

  private constructor(store: Surroundings, options: unknown) {
    const { manager, logger, configModule } = store
    assertPostgres(manager)
    this.settings = parseOptions(options)
    this.jwtSecret = readJwtSecret(
      configModule.projectConfig.jwt_secret,
      logger
    )
    this.logger = logger
    const { texts, folder, ...functions } = this.settings.templates
    this.texts = new TextSource(texts)
    this.renderer = new Renderer({ folder, functions }, logger)
    this.transport = createTransport(this.settings, store, logger)
    this.pool = new OwnPool(manager, ({ message }) =>
      logger.warn(`order-claim: a database connection was lost: ${message}`)
    )
    this.opener = new Opener(this.pool, this.settings)
    this.courier = new Courier(this)
    this.resender = new Resender(this)
  }
}

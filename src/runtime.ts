import type { ConfigModule } from "@medusajs/medusa"
import type { EntityManager } from "typeorm"
import { Confirms } from "./actions/confirms"
import { Opener } from "./actions/opener"
import type { ResendDependencies } from "./actions/resend"
import { loadStoreName } from "./db/store-name"
import { PluginPool } from "./db/plugin-pool"
import { createEmailWriter } from "./email/writer"
import { Pages } from "./hosted-page/pages"
import { assertPostgres, readJwtSecret } from "./options/preconditions"
import { parseOptions, Settings } from "./options/settings"
import { Courier } from "./outbox/courier"
import { createTransport } from "./transports"
import type { Transport } from "./transports/transport"
import type { Logger } from "./values/logger"

/** The part of a store's container that the plugin uses. */
export interface StoreContainer extends Record<string, unknown> {
  manager: EntityManager
  logger: Logger
  configModule: ConfigModule
}

/** The parts that work on claims in this process; services call them. */
export interface Runtime {
  /** The rules that actions obey. */
  rules: Settings
  jwtSecret: string
  logger: Logger
  db: PluginPool
  transport: Transport
  opener: Opener
  courier: Courier
  /** The confirms that are running. */
  confirms: Confirms
  resending: ResendDependencies
  /** The hosted page. */
  pages: Pages
}

const runtimes = new WeakMap<object, Runtime>()

/**
 * Returns the one runtime of a database connection, built on first use. Medusa 1.7
 * builds a service anew on each resolve, but there must be only one pool and courier.
 *
 * @throws {InvalidOptions}
 */
export function runtimeOf(store: StoreContainer, options: unknown): Runtime {
  const { connection } = store.manager
  const runtime = runtimes.get(connection) ?? build(store, options)
  runtimes.set(connection, runtime)
  return runtime
}

/** Builds the parts. None of them connects before its first use. */
function build(store: StoreContainer, options: unknown): Runtime {
  const { manager, logger, configModule } = store
  assertPostgres(manager)
  const settings = parseOptions(options)
  const jwtSecret = readJwtSecret(configModule.projectConfig.jwt_secret, logger)

  const db = new PluginPool(manager, ({ message }) =>
    logger.warn(`order-claim: a database connection was lost: ${message}`)
  )
  const transport = createTransport(settings, store, logger)
  const writer = createEmailWriter(settings.templates, logger)
  const emails = { ...writer, settings, rules: settings, jwtSecret, logger }
  const { delivery, linkTtlMs } = settings
  return {
    rules: settings,
    jwtSecret,
    logger,
    db,
    transport,
    opener: new Opener(db, settings, logger),
    courier: new Courier({
      db,
      emails,
      transport,
      delivery,
      linkTtlMs,
      logger,
    }),
    confirms: new Confirms(),
    resending: {
      ...{ db, emails, transport, logger },
      retries: delivery,
      rules: settings,
    },
    pages: new Pages({
      settings,
      texts: writer.texts,
      loadStoreName: () => loadStoreName(db),
    }),
  }
}

import * as actions from "./actions"
import { newPasswordTurns } from "./actions/confirm-with-password"
import { Confirms } from "./actions/confirms"
import { Finder } from "./actions/finder"
import { Opener } from "./actions/opener"
import { Pruner } from "./actions/pruner"
import type { ResendDependencies } from "./actions/resend"
import type { Turns } from "./actions/turns"
import { loadStorefrontOrders } from "./db/storefront-orders"
import { loadStoreName } from "./db/store-name"
import { PluginPool } from "./db/plugin-pool"
import { createEmailWriter } from "./email/writer"
import { Looks } from "./hosted-page/looks"
import { Pages } from "./hosted-page/pages"
import { storefrontOf } from "./options/ask-storefront"
import type { Configuration, ConfiguredStore } from "./options/configuration"
import type { Settings } from "./options/settings"
import { Courier } from "./outbox/courier"
import { createTransport } from "./transports"
import type { Transport } from "./transports/transport"
import type { Logger } from "./values/logger"

/** The part of a store's container that the plugin uses. */
export interface StoreContainer
  extends ConfiguredStore, Record<string, unknown> {}

/** The parts that work on claims in this process; services call them. */
export interface Runtime {
  /** The operations on claims, loaded together with the parts. */
  actions: typeof actions
  /** The rules that actions obey. */
  rules: Settings
  logger: Logger
  db: PluginPool
  transport: Transport
  opener: Opener
  /** Looks up the orders of claims that were asked for without ids. */
  finder: Finder
  /** Deletes old claims, if the shop wants that. */
  pruner: Pruner
  courier: Courier
  /** The confirms that are running. */
  confirms: Confirms
  /** The password checks that are running. */
  passwords: Turns
  resending: ResendDependencies
  /** The hosted page. */
  pages: Pages
}

const runtimes = new WeakMap<Configuration, Runtime>()

/**
 * Returns the one runtime of a configuration, built on first use. Medusa 1.7 builds
 * a service anew on each resolve, but there must be only one pool and courier.
 */
export function runtimeOf(
  store: StoreContainer,
  configuration: Configuration
): Runtime {
  const runtime = runtimes.get(configuration) ?? build(store, configuration)
  runtimes.set(configuration, runtime)
  return runtime
}

/** Builds the parts. None of them connects before its first use. */
function build(
  store: StoreContainer,
  { settings, jwtSecret }: Configuration
): Runtime {
  const { manager, logger } = store
  const db = new PluginPool(manager, ({ message }) =>
    logger.warn(`order-claim: a database connection was lost: ${message}`)
  )
  const transport = createTransport(settings, store, logger)
  const writer = createEmailWriter(settings.templates, logger)
  const storefront = storefrontOf(settings, store)
  const emails = {
    ...writer,
    settings,
    rules: settings,
    jwtSecret,
    logger,
    storefront,
  }
  const { delivery, linkTtlMs, retentionMs } = settings
  const courier = new Courier({
    db,
    emails,
    transport,
    delivery,
    linkTtlMs,
    logger,
  })
  return {
    actions,
    rules: settings,
    logger,
    db,
    transport,
    opener: new Opener(db, settings, logger),
    finder: new Finder({ db, rules: settings, courier, logger }),
    pruner: new Pruner({ db, retentionMs, logger }),
    courier,
    confirms: new Confirms(),
    passwords: newPasswordTurns(),
    resending: {
      db,
      emails,
      transport,
      logger,
      retries: delivery,
      rules: settings,
    },
    pages: new Pages({
      settings,
      texts: writer.texts,
      looks: new Looks({
        settings,
        storefront,
        loadStoreName: () => loadStoreName(db),
        loadOrders: (ids) => loadStorefrontOrders(db, ids),
      }),
    }),
  }
}

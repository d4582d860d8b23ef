import type { ConfigModule } from "@medusajs/medusa"
import type { EntityManager } from "typeorm"
import type { Logger } from "../values/logger"
import { assertPostgres, readJwtSecret } from "./preconditions"
import { parseOptions, Settings } from "./settings"

/** The part of a store that is checked when it starts. */
export interface ConfiguredStore {
  manager: EntityManager
  logger: Logger
  configModule: ConfigModule
}

/** The configuration of a store, checked. */
export interface Configuration {
  settings: Settings
  jwtSecret: string
}

const configurations = new WeakMap<object, Configuration>()

/**
 * Checks the configuration of a store, once per database connection. Medusa 1.7
 * builds a service anew on each resolve, but a weakness is to be reported once.
 *
 * @throws {InvalidOptions}
 */
export function configurationOf(
  store: ConfiguredStore,
  options: unknown
): Configuration {
  const { connection } = store.manager
  const configuration = configurations.get(connection) ?? check(store, options)
  configurations.set(connection, configuration)
  return configuration
}

function check(
  { manager, logger, configModule }: ConfiguredStore,
  options: unknown
): Configuration {
  assertPostgres(manager)
  const settings = parseOptions(options)
  const { jwt_secret } = configModule.projectConfig
  return { settings, jwtSecret: readJwtSecret(jwt_secret, logger) }
}

import { createRequire } from "module"
import { join } from "path"
import type { EntityManager } from "typeorm"
import { PluginPool } from "../db/plugin-pool"
import type { StoreConfig } from "./store-config"

const WITHIN_MS = 5000

/**
 * Opens the store's database as the plugin does in a server, with the store's settings.
 *
 * @returns the database, or the reason why there is none, in words
 */
export function storeDatabase({
  database_url,
  database_type,
  database_extra,
}: StoreConfig["projectConfig"]):
  { database: PluginPool } | { missing: string; isWrong: boolean } {
  if (database_type && database_type !== "postgres") {
    const missing = `it is ${database_type}, and claims need PostgreSQL`
    return { missing, isWrong: true }
  }
  if (!database_url) {
    const missing = "projectConfig.database_url is not set"
    return { missing, isWrong: false }
  }
  const postgres = pgOfStore()
  if (!postgres) {
    const missing =
      "cannot be checked without Medusa: install the store's packages first"
    return { missing, isWrong: true }
  }
  const options = { ...database_extra, connectionString: database_url }
  // The part of typeorm's manager that a pool is made from.
  const manager = {
    connection: { driver: { postgres, master: { options } } },
  } as unknown as EntityManager
  // What breaks while it is in use is thrown by the query, too.
  const ignore = () => undefined
  return { database: new PluginPool(manager, ignore, { connectMs: WITHIN_MS }) }
}

/** Loads `pg` from the store's folder, or through Medusa if npm has not hoisted it. */
function pgOfStore(): unknown {
  const ofStore = createRequire(join(process.cwd(), "package.json"))
  try {
    return ofStore("pg")
  } catch {
    // not hoisted, or not installed
  }
  try {
    const medusa = ofStore.resolve("@medusajs/medusa/package.json")
    return createRequire(medusa)("pg")
  } catch {
    return undefined
  }
}

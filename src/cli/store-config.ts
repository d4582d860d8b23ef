import { existsSync } from "fs"
import { resolve } from "path"

const PLUGIN = "medusa-plugin-order-claim"

/** The parts of a store's configuration that the commands read. */
export interface StoreConfig {
  projectConfig: {
    jwt_secret?: string
    database_url?: string
    database_type?: string
    database_extra?: Record<string, unknown>
  }
  modules: Record<string, unknown>
  /** The options of this plugin's entry; `undefined` if there is none. */
  options: unknown
}

/**
 * Loads medusa-config.js as Medusa does.
 *
 * @returns `undefined` if there is no such file
 * @throws if it cannot be loaded, with the reason in one line
 */
export function loadStoreConfig(file: string): StoreConfig | undefined {
  const path = resolve(file)
  if (!existsSync(path)) return undefined

  const { projectConfig, modules, plugins } = load(path, file)
  return {
    projectConfig: projectConfig ?? {},
    modules: (modules ?? {}) as StoreConfig["modules"],
    options: optionsIn(plugins),
  }
}

/**
 * Loads medusa-config.js, which must exist and name this plugin.
 *
 * @throws if it does not
 */
export function requireStoreConfig(file: string): StoreConfig {
  const config = loadStoreConfig(file)
  if (!config) {
    throw new Error(`there is no ${file} here: run this in your store's folder`)
  }
  if (config.options === undefined) {
    throw new Error(`${PLUGIN} is not among the plugins of ${file}: add it`)
  }
  return config
}

function load(path: string, file: string): Record<string, unknown> {
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const loaded = require(path) as Record<string, unknown>
    // A transpiled file, which Medusa reads in the same way.
    return (
      typeof loaded.default === "object" ? loaded.default : loaded
    ) as Record<string, unknown>
  } catch (error) {
    const [line = ""] = String(error).split("\n")
    throw new Error(`${file} cannot be loaded: ${line}`)
  }
}

function optionsIn(plugins: unknown): unknown {
  for (const plugin of Array.isArray(plugins) ? plugins : []) {
    if (plugin === PLUGIN) return {}
    const { resolve, options } = Object(plugin) as {
      resolve?: unknown
      options?: unknown
    }
    if (resolve === PLUGIN) return options ?? {}
  }
  return undefined
}

import { startChild, type Child } from "./child"
import { freePort } from "./free-port"
import { leaveWithParent, medusaCli } from "./places"
import { settingsFolder } from "./telemetry"

/** Options for medusa-plugin-order-claim; `null` takes a default away. */
export type PluginOptions = Record<string, unknown>

/** The event bus: core's in-process one, or Redis. */
export type Bus = "local" | { redisUrl: string }

/** The options of a stock server. */
export interface StoreOptions {
  /** The installed store. */
  folder: string
  databaseUrl: string
  /** @default a free one */
  port?: number
  /** @default "local" */
  bus?: Bus
  /** `false` starts the store without the plugin. */
  pluginOptions?: PluginOptions | false
  /** More entries for `plugins` in medusa-config.js, e.g. a test's own. */
  extraPlugins?: unknown[]
  env?: NodeJS.ProcessEnv
  /** The Node to run it with. @default this one */
  node?: string
  /** Options of that Node. @default none */
  nodeOptions?: string[]
  /** Medusa's command line. @default the one of this repository */
  cli?: string
}

/**
 * Keeps V8 from cleaning up whenever the server is idle: half a second of a core each
 * time, and a test's server is idle most of the time.
 */
export const withoutIdleCleanup = ["--no-memory-reducer"]

/** A running stock server; the process is the server itself. */
export interface Store extends Child {
  url: string
}

/** The environment that examples/store/medusa-config.js reads. */
export function stockEnvironment({
  databaseUrl,
  bus = "local",
  pluginOptions = {},
  extraPlugins = [],
}: Omit<StoreOptions, "folder">): NodeJS.ProcessEnv {
  return {
    // core starts no job enqueuer, so emits no event, with "test"
    NODE_ENV: "development",
    MEDUSA_DISABLE_TELEMETRY: "1",
    XDG_CONFIG_HOME: settingsFolder,
    DATABASE_URL: databaseUrl,
    REDIS_URL: bus === "local" ? "" : bus.redisUrl,
    JWT_SECRET: "a jwt secret for tests, long enough to be one",
    COOKIE_SECRET: "a cookie secret for tests",
    STORE_CORS: "http://localhost:8000",
    ADMIN_CORS: "http://localhost:7001",
    CLAIM_URL: "https://shop.example/claim?from=mail#orders",
    CLAIM_FROM: "Hill & Valley <orders@shop.example>",
    // a port where nobody listens, for what is not about mail
    SMTP_URL: "smtp://127.0.0.1:9",
    ORDER_CLAIM_OPTIONS: JSON.stringify(pluginOptions),
    EXTRA_PLUGINS: JSON.stringify(extraPlugins),
  }
}

/**
 * Starts a stock server and resolves when it answers.
 *
 * @throws an Error with the server's log when it ends while it boots
 */
export async function startStore(options: StoreOptions): Promise<Store> {
  const port = options.port ?? (await freePort())
  const url = `http://localhost:${port}`
  const server = startChild({
    name: "The store",
    line: [
      options.node ?? process.execPath,
      ...(options.nodeOptions ?? []),
      ...leaveWithParent,
      options.cli ?? medusaCli,
      "start",
      "--port",
      String(port),
    ],
    cwd: options.folder,
    env: {
      ...stockEnvironment(options),
      MEDUSA_BACKEND_URL: url,
      ...options.env,
    },
  })

  try {
    await server.waitForLog("Server is ready on port", 120_000)
    const health = await fetch(`${url}/health`)
    if (!health.ok) {
      throw new Error(`GET /health answered ${health.status}:\n${server.log()}`)
    }
  } catch (error) {
    await server.kill()
    throw error
  }
  return { ...server, url }
}

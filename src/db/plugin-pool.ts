import type { EntityManager } from "typeorm"
import type { Database, Queryable } from "./database"

/** The part of the `pg` pool that is used here; the package comes with Medusa. */
interface PgPool extends PgQueryable {
  connect(): Promise<PgClient>
  end(): Promise<void>
  on(event: "error", listener: (error: Error) => void): unknown
}

interface PgQueryable {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>
}

interface PgClient extends PgQueryable {
  on(event: "error", listener: (error: Error) => void): unknown
  off(event: "error", listener: (error: Error) => void): unknown
  release(broken?: boolean): void
}

/** typeorm's driver, 0.2 and 0.3, with the `pg` module and the store's settings. */
interface PostgresDriver {
  postgres: { Pool: new (settings: object) => PgPool }
  master: { options: { password?: unknown } }
}

const MAX_CONNECTIONS = 4
const CONNECT_WITHIN_MS = 10_000

/**
 * A small pool of the plugin's own, made from the store's settings. Core calls the
 * provider inside a transaction, which already holds one of the shop's connections:
 * taking a second one from the same pool could deadlock the shop.
 *
 * Connects on first use, and lets the process end while it is idle.
 */
export class PluginPool implements Database {
  private pool?: PgPool

  constructor(
    private readonly manager: EntityManager,
    private readonly onError: (error: Error) => void
  ) {}

  async query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    const { rows } = await this.open().query(sql, parameters)
    return rows as Row[]
  }

  async transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    const client = await this.open().connect()
    // Without a listener, a connection that breaks while in use ends the process.
    client.on("error", this.onError)
    // Stays true unless COMMIT or ROLLBACK succeeds: the pool then drops the connection.
    let isBroken = true
    try {
      await client.query("BEGIN")
      const result = await work(onClient(client)).catch(async (error) => {
        await client.query("ROLLBACK")
        isBroken = false
        throw error
      })
      await client.query("COMMIT")
      isBroken = false
      return result
    } finally {
      client.off("error", this.onError)
      client.release(isBroken)
    }
  }

  private open(): PgPool {
    this.pool ??= this.createPool()
    return this.pool
  }

  private createPool(): PgPool {
    const driver = this.manager.connection.driver as unknown as PostgresDriver
    const { options } = driver.master
    const pool = new driver.postgres.Pool({
      ...options,
      // pg makes it non-enumerable, to keep it out of logs: the spread leaves it out.
      password: options.password,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      allowExitOnIdle: true,
    })
    // The same for a connection that breaks while it is idle.
    pool.on("error", this.onError)
    return pool
  }
}

function onClient(client: PgClient): Queryable {
  return {
    query: async <Row>(sql: string, parameters?: unknown[]) =>
      (await client.query(sql, parameters)).rows as Row[],
  }
}

import type { EntityManager } from "typeorm"
import type { Database, Queryable } from "./database"

/** The part of the `pg` pool that is used here; Medusa brings the package. */
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

/** Where typeorm 0.2 and 0.3 keep the `pg` module and the store's settings. */
interface PostgresDriver {
  postgres: { Pool: new (settings: object) => PgPool }
  master: { options: { password?: unknown } }
}

const MAX_CONNECTIONS = 4
const CONNECT_WITHIN_MS = 10_000

/**
 * A small pool of the plugin's own, made from the store's settings. Provider
 * calls arrive inside a core transaction that holds one of the shop's
 * connections already: taking a second from the same pool deadlocks the shop.
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

  /** One transaction on one connection: committed if `work` succeeds, else rolled back. */
  async transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T> {
    const client = await this.open().connect()
    // A connection that breaks while it is out would end the whole process.
    client.on("error", this.onError)
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
      // Not enumerable, so that no log shows it.
      password: options.password,
      max: MAX_CONNECTIONS,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      allowExitOnIdle: true,
    })
    // The same for one that breaks while it is idle.
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

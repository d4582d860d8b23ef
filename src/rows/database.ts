import type { EntityManager } from "typeorm"

/** Runs SQL and gives the rows, whichever connection stands behind it. */
export interface Queryable {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>
}

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
export class OwnPool implements Queryable {
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

/** The connection of a typeorm transaction, for work that core takes part in. */
export function onManager(manager: EntityManager): Queryable {
  return {
    async query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
      const result: unknown = await manager.query(sql, parameters)
      // typeorm gives [rows, count] for UPDATE and DELETE, rows for the rest.
      const [rows] = result as [unknown]
      return (Array.isArray(rows) ? rows : result) as Row[]
    },
  }
}

/**
 * Whether trying again may help: the network, a restart, a deadlock, too many
 * connections. An error about the statement or its data stays one.
 */
export function mayPass(error: unknown): boolean {
  const { severity, code } = error as { severity?: unknown; code?: unknown }
  const isFromPostgres = typeof severity === "string"
  return !isFromPostgres || /^(08|40|53|55|57|58)/.test(String(code))
}

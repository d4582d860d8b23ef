import type { EntityManager } from "typeorm"
import { withTimeLimit } from "../values/time-limit"
import type { Database, Durability, Queryable } from "./database"

/** The part of the `pg` pool that is used here; the package comes with Medusa. */
interface PgPool {
  connect(): Promise<PgClient>
  end(): Promise<void>
  on(event: "error", listener: (error: Error) => void): unknown
}

interface PgClient {
  query(sql: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>
  on(event: "error", listener: (error: Error) => void): unknown
  off(event: "error", listener: (error: Error) => void): unknown
  release(broken?: boolean): void
}

/** typeorm's driver, 0.2 and 0.3, with the `pg` module and the store's settings. */
interface PostgresDriver {
  postgres: { Pool: new (settings: object) => PgPool }
  master: { options: { password?: unknown } }
}

/** The time limits of a pool's connections, in milliseconds. */
export interface TimeLimits {
  /** For a new connection, or for one that is free. */
  connectMs: number
  /** For one lock. A claim is locked for long by a confirm of many orders only. */
  lockMs: number
  /** For one statement, the wait for its locks included. */
  statementMs: number
  /** For the pause between two statements of a transaction. */
  idleMs: number
  /** For the answer to a statement; longer than the server's own limits. */
  answerMs: number
}

const TIME_LIMITS: TimeLimits = {
  connectMs: 10_000,
  lockMs: 5000,
  statementMs: 15_000,
  idleMs: 10_000,
  answerMs: 20_000,
}

const MAX_CONNECTIONS = 4

/**
 * A small pool of the plugin's own, made from the store's settings. Core calls the
 * provider inside a transaction, which already holds one of the shop's connections:
 * taking a second one from the same pool could deadlock the shop.
 *
 * Connects on first use, and lets the process end while it is idle. Nothing waits
 * without end: the server ends what takes too long, and a connection that has fallen
 * silent is closed on both sides, with its locks.
 */
export class PluginPool implements Database {
  private pool?: PgPool
  private readonly limits: TimeLimits

  constructor(
    private readonly manager: EntityManager,
    private readonly onError: (error: Error) => void,
    limits: Partial<TimeLimits> = {}
  ) {
    this.limits = { ...TIME_LIMITS, ...limits }
  }

  /** Runs one statement, in a transaction of its own: the limits are set in it. */
  async query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return this.transaction((tx) => tx.query<Row>(sql, parameters))
  }

  async transaction<T>(
    work: (db: Queryable) => Promise<T>,
    durability: Durability = "safe"
  ): Promise<T> {
    const client = await this.open().connect()
    // Without a listener, a connection that breaks while in use ends the process.
    client.on("error", this.onError)
    const tx = this.onClient(client)
    // Stays true unless COMMIT or ROLLBACK succeeds: the pool then drops the connection.
    let isBroken = true
    try {
      await tx.query(this.begin(durability))
      const result = await work(tx).catch(async (error) => {
        // On a silent connection, it would be one more wait for nothing.
        if (!(error instanceof NoAnswer)) {
          await tx.query("ROLLBACK")
          isBroken = false
        }
        throw error
      })
      await tx.query("COMMIT")
      isBroken = false
      return result
    } finally {
      client.off("error", this.onError)
      client.release(isBroken)
    }
  }

  /** Set for the transaction alone, so that a pooler may share the connection. */
  private begin(durability: Durability): string {
    const { lockMs, statementMs, idleMs } = this.limits
    return [
      "BEGIN",
      `SET LOCAL lock_timeout = ${lockMs}`,
      `SET LOCAL statement_timeout = ${statementMs}`,
      `SET LOCAL idle_in_transaction_session_timeout = ${idleMs}`,
      ...(durability === "fast" ? ["SET LOCAL synchronous_commit = off"] : []),
    ].join("; ")
  }

  private onClient(client: PgClient): Queryable {
    return {
      query: async <Row>(sql: string, parameters?: unknown[]) => {
        const answer = client.query(sql, parameters)
        const { rows } = await withTimeLimit(
          this.limits.answerMs,
          answer,
          () => {
            throw new NoAnswer(this.limits.answerMs)
          }
        )
        return rows as Row[]
      },
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
      connectionTimeoutMillis: this.limits.connectMs,
      allowExitOnIdle: true,
    })
    // The same for a connection that breaks while it is idle.
    pool.on("error", this.onError)
    return pool
  }
}

/** The database has not answered in time; its connection is not used again. */
export class NoAnswer extends Error {
  override name = "NoAnswer"

  constructor(ms: number) {
    super(
      `the database has not answered for ${ms / 1000} s: the connection was closed`
    )
  }
}

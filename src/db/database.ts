import type { EntityManager } from "typeorm"

/** Runs SQL and gives the rows, whichever connection stands behind it. */
export interface Queryable {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>
}

/** Runs SQL, and work on one connection as a transaction. */
export interface Database extends Queryable {
  /** Commits if `work` succeeds, else rolls back. */
  transaction<T>(work: (db: Queryable) => Promise<T>): Promise<T>
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
 * True for an error after which trying again may help: the network, a restart, a
 * deadlock, too many connections. An error about the statement or its data stays.
 */
export function isTransient(error: unknown): boolean {
  const { severity, code } = error as { severity?: unknown; code?: unknown }
  const isFromPostgres = typeof severity === "string"
  return !isFromPostgres || /^(08|40|53|55|57|58)/.test(String(code))
}

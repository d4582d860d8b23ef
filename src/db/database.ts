import type { EntityManager } from "typeorm"

/** Runs SQL and returns the rows. Implemented by a pool, a connection and typeorm. */
export interface Queryable {
  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]>
}

/** Runs SQL and transactions. */
export interface Database extends Queryable {
  /** Runs `work` on one connection; commits if it succeeds, else rolls back. */
  transaction<T>(
    work: (db: Queryable) => Promise<T>,
    durability?: Durability
  ): Promise<T>
}

/**
 * `safe`: a commit is on disk before it is answered. `fast`: the database may lose the
 * last moments of it if it crashes itself.
 */
export type Durability = "safe" | "fast"

/** Wraps typeorm's manager of a transaction, for work that core's services join. */
export function onManager(manager: EntityManager): Queryable {
  return {
    async query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
      const result = await manager.query<unknown[]>(sql, parameters)
      // typeorm returns [rows, count] for UPDATE and DELETE, rows for the rest.
      const isCounted = Array.isArray(result[0])
      return (isCounted ? result[0] : result) as Row[]
    },
  }
}

/**
 * True if another attempt may help: after an error of the network, a restart, a
 * deadlock, too many connections, or while the database only reads. An error in a
 * statement or its data is permanent.
 */
export function isTransient(error: unknown): boolean {
  const { severity, code } = error as { severity?: unknown; code?: unknown }
  const isFromPostgres = typeof severity === "string"
  // Classes of SQLSTATE: connection, rollback, resources, state, operator, system.
  // 25006: a primary that became a replica. 25P03, 25P04: a transaction that was ended
  // for taking too long.
  return (
    !isFromPostgres || /^(08|40|53|55|57|58|25006|25P0[34])/.test(String(code))
  )
}

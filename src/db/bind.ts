import type { Queryable } from "./database"

/** Adds a parameter to a statement, and returns its placeholder. */
export type Bind = (value: unknown) => string

/** Runs a statement that adds its parameters while it is written. */
export async function runBound<Row>(
  db: Queryable,
  write: (bind: Bind) => string
): Promise<Row[]> {
  const parameters: unknown[] = []
  const sql = write((value) => `$${parameters.push(value)}`)
  return db.query<Row>(sql, parameters)
}

import type { ErasedPerson } from "../claims/erasure"
import type { Queryable } from "./database"
import { PROVIDER_ID } from "./notifications"

/** The rows that one statement reads. */
const AT_ONCE = 5000

// Folds ASCII letters alone, but so in every database: see AddressSearch.patterns.
// $3: patterns
const HOLDS_ADDRESS = `lower(row::text COLLATE "C") LIKE ANY($3)`

/**
 * Yields the ids of claims that hold a person's address in any column, or that this
 * person asked for.
 */
export function searchClaims(
  db: Queryable,
  { address, customerIds }: ErasedPerson
): AsyncGenerator<string[]> {
  const condition = `${HOLDS_ADDRESS} OR customer_id = ANY($4)`
  const parameters = [address.patterns, [...customerIds]]
  return searchRows(db, "order_claim", condition, parameters)
}

/** Yields the ids of the plugin's notifications that hold an address in any column. */
export function searchNotifications(
  db: Queryable,
  { address }: ErasedPerson
): AsyncGenerator<string[]> {
  const condition = `provider_id = $4 AND ${HOLDS_ADDRESS}`
  const parameters = [address.patterns, PROVIDER_ID]
  return searchRows(db, "notification", condition, parameters)
}

/**
 * Reads a whole table, since no index finds a text within another: a part at a time,
 * so that no statement takes long. Locks nothing.
 *
 * @param condition - on the row, with its parameters from `$3` on
 */
async function* searchRows(
  db: Queryable,
  table: "order_claim" | "notification",
  condition: string,
  parameters: unknown[]
): AsyncGenerator<string[]> {
  let after: string | null = ""
  while (after !== null) {
    const [part]: Part[] = await db.query<Part>(
      `WITH row AS MATERIALIZED (
         SELECT * FROM ${table} WHERE id > $1 ORDER BY id LIMIT $2
       )
       SELECT (SELECT max(id) FROM row HAVING count(*) = $2) AS last,
         ARRAY(SELECT id FROM row WHERE ${condition}) AS found`,
      [after, AT_ONCE, ...parameters]
    )
    if (part?.found.length) yield part.found
    after = part?.last ?? null
  }
}

interface Part {
  /** The last id that was read; `null` if there are no more. */
  last: string | null
  found: string[]
}

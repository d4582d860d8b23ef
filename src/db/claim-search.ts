import type { ClaimSearch } from "../claims/claim-search"
import type { Bind } from "./bind"
import type { Queryable } from "./database"

/** A search, with what has to be known before its SQL is written. */
export type PreparedSearch =
  /** `isFrequent`: too many claims match to look at each. */
  | { type: "address"; prefix: string; isFrequent: boolean }
  | { type: "number"; display_id: number; orderIds: string[] }

/** The most claims of a search that are all looked at, and that are counted. */
export const MAX_FOUND = 1000

/** Looks up what decides how to search. */
export async function prepareSearch(
  db: Queryable,
  search: ClaimSearch
): Promise<PreparedSearch> {
  if (search.type === "number") {
    const rows = await db.query<{ id: string }>(
      'SELECT id FROM "order" WHERE display_id = $1',
      [search.display_id]
    )
    return { ...search, orderIds: rows.map(({ id }) => id) }
  }
  const [found] = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (${selectByAddress("$1", MAX_FOUND + 1)}) AS found`,
    [likePattern(search.prefix)]
  )
  return { ...search, isFrequent: (found?.count ?? 0) > MAX_FOUND }
}

/**
 * Writes the claims of a search as a table; `undefined` if there are too many. OFFSET
 * keeps the planner from looking at the rest of the statement: to save the sort, it
 * would walk through all claims from the newest on.
 */
export function claimsOfSearch(
  search: PreparedSearch,
  bind: Bind
): string | undefined {
  if (search.type === "number") {
    return `(
      SELECT * FROM order_claim
      WHERE ${isOfNumber(search, bind)} OFFSET 0
    ) AS claims_of_number`
  }
  return search.isFrequent
    ? undefined
    : `(${selectByAddress(bind(likePattern(search.prefix)), MAX_FOUND)}) AS claims_of_address`
}

/** Writes the condition of a search, for claims that are found by something else. */
export function isOfSearch(search: PreparedSearch, bind: Bind): string {
  return search.type === "number"
    ? isOfNumber(search, bind)
    : isOfAddress(bind(likePattern(search.prefix)))
}

/** The claims of an order with this number, and those that were asked for by it. */
function isOfNumber(
  { display_id, orderIds }: Extract<PreparedSearch, { type: "number" }>,
  bind: Bind
): string {
  const isOfOrder = orderIds.map((id) => `order_ids @> ${bind([id])}`)
  return `(${[...isOfOrder, `display_id = ${bind(display_id)}`].join(" OR ")})`
}

const isOfAddress = (pattern: string) => `lower(email) LIKE lower(${pattern})`

/** In the order of the index: so the planner takes that, whatever it believes to find. */
const selectByAddress = (pattern: string, most: number): string =>
  `SELECT * FROM order_claim WHERE ${isOfAddress(pattern)}
   ORDER BY lower(email) USING ~<~ LIMIT ${most}`

/** Makes a pattern for LIKE, in which the characters of a prefix mean themselves. */
const likePattern = (prefix: string): string =>
  `${prefix.replace(/[\\%_]/g, "\\$&")}%`

import type {
  ClaimOrigin,
  ClaimStatus,
  Decider,
  Delivery,
  MovedOrder,
} from "../claims/claim"
import { Bind, ClaimFilter, selectIds } from "./claim-ids"
import type { Queryable } from "./database"

export type { ClaimFilter }

/** The part of a list to return. */
export interface Pagination {
  limit: number
  /** The number of claims to skip. They are read, so use `before` for long lists. */
  offset: number
  /** The id of a claim: the list starts with the next older one. */
  before?: string
}

/** The highest count: counting a million claims takes too long. */
export const MAX_COUNT = 10_000

/** A claim in a list: without the generation and the dates of its token. */
export interface ListedClaim {
  id: string
  customer_id: string
  email: string
  order_ids: string[]
  status: ClaimStatus
  origin: ClaimOrigin
  display_id: number | null
  own_address: boolean
  expires_at: Date
  attempts: number
  deliveries: Delivery[]
  next_attempt_at: Date | null
  last_error: string | null
  sent_at: Date | null
  resolved_at: Date | null
  resolved_by: Decider | null
  moved_orders: MovedOrder[]
  reverted_at: Date | null
  reverted_by: Decider | null
  reverted_order_ids: string[]
  created_at: Date
  updated_at: Date
}

const LISTED = `
  id, customer_id, email, order_ids, status, origin, display_id, own_address,
  expires_at, attempts, deliveries, next_attempt_at, last_error, sent_at,
  resolved_at, resolved_by, moved_orders, reverted_at, reverted_by,
  reverted_order_ids, created_at, updated_at
`

/** Finds one claim, as it is listed. */
export async function findListedClaim(
  db: Queryable,
  id: string
): Promise<ListedClaim | undefined> {
  const [claim] = await db.query<ListedClaim>(
    `SELECT ${LISTED} FROM order_claim WHERE id = $1`,
    [id]
  )
  return claim
}

/**
 * Lists claims, the newest first, and counts all that match, up to
 * {@link MAX_COUNT}. Ids begin with the time, so they sort by age.
 */
export async function listClaims(
  db: Queryable,
  filter: ClaimFilter,
  { limit, offset, before }: Pagination
): Promise<{ claims: ListedClaim[]; count: number }> {
  if (filter.statuses?.length === 0) return { claims: [], count: 0 }

  const [total] = await run<{ count: number }>(db, (bind) => {
    const ids = selectIds(filter, { most: MAX_COUNT }, bind)
    return `SELECT count(*)::int AS count FROM (${ids}) AS ids`
  })
  // The ids come from an index alone. Only the claims of this page are read.
  const claims = await run<ListedClaim>(db, (bind) => {
    const part = { before, skip: offset, most: limit }
    return `SELECT ${LISTED} FROM order_claim
      WHERE id = ANY(ARRAY(${selectIds(filter, part, bind)}))
      ORDER BY id DESC`
  })
  return { claims, count: total?.count ?? 0 }
}

/** Runs a statement that adds its parameters while it is written. */
async function run<Row>(
  db: Queryable,
  write: (bind: Bind) => string
): Promise<Row[]> {
  const parameters: unknown[] = []
  const sql = write((value) => `$${parameters.push(value)}`)
  return db.query<Row>(sql, parameters)
}

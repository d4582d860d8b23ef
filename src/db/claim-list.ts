import type {
  ClaimOrigin,
  ClaimStatus,
  Decider,
  Delivery,
  HistoryEntry,
  MovedOrder,
  Party,
} from "../claims/claim"
import type { ClaimSearch } from "../claims/claim-search"
import { runBound } from "./bind"
import { ClaimFilter as PreparedFilter, selectIds } from "./claim-ids"
import { MAX_FOUND, prepareSearch } from "./claim-search"
import type { Queryable } from "./database"

/** Restricts a list of claims, by the fields that are set. */
export interface ClaimFilter extends Omit<PreparedFilter, "search"> {
  search?: ClaimSearch
}

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
  requested_by: string | null
  display_id: number | null
  own_address: boolean
  expires_at: Date
  attempts: number
  notice_attempts: number
  deliveries: Delivery[]
  next_attempt_at: Date | null
  last_error: string | null
  sent_at: Date | null
  failed_at: Date | null
  failed_notices: Party[]
  retried_at: Date | null
  resolved_at: Date | null
  resolved_by: Decider | null
  moved_orders: MovedOrder[]
  reverted_at: Date | null
  reverted_by: Decider | null
  reverted_order_ids: string[]
  history: HistoryEntry[]
  created_at: Date
  updated_at: Date
}

const LISTED = `
  id, customer_id, email, order_ids, status, origin, requested_by, display_id,
  own_address, expires_at, attempts, notice_attempts, deliveries, next_attempt_at,
  last_error, sent_at, failed_at, failed_notices, retried_at, resolved_at,
  resolved_by, moved_orders, reverted_at, reverted_by, reverted_order_ids, history,
  created_at, updated_at
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
 * {@link MAX_COUNT}, or to {@link MAX_FOUND} of a search. Ids begin with the time, so they sort by age.
 */
export async function listClaims(
  db: Queryable,
  { search, ...others }: ClaimFilter,
  { limit, offset, before }: Pagination
): Promise<{ claims: ListedClaim[]; count: number }> {
  if (others.statuses?.length === 0) return { claims: [], count: 0 }

  const filter: PreparedFilter = {
    ...others,
    search: search && (await prepareSearch(db, search)),
  }
  const count = await countMatching(db, filter)
  // The ids come from an index alone. Only the claims of this page are read.
  const claims = await runBound<ListedClaim>(db, (bind) => {
    const part = { before, skip: offset, most: limit }
    return `SELECT ${LISTED} FROM order_claim
      WHERE id = ANY(ARRAY(${selectIds(filter, part, bind)}))
      ORDER BY id DESC`
  })
  return { claims, count }
}

/** Counts the claims that match, up to {@link MAX_COUNT}, or {@link MAX_FOUND}. */
async function countMatching(
  db: Queryable,
  filter: PreparedFilter
): Promise<number> {
  const { search, ...others } = filter
  const isCounted =
    search?.type === "address" && search.isFrequent && isEmpty(others)
  if (isCounted) return MAX_FOUND

  const most = search ? MAX_FOUND : MAX_COUNT
  const [total] = await runBound<{ count: number }>(db, (bind) => {
    const ids = selectIds(filter, { most }, bind)
    return `SELECT count(*)::int AS count FROM (${ids}) AS ids`
  })
  return total?.count ?? 0
}

const isEmpty = (filter: object): boolean =>
  Object.values(filter).every((value) => value === undefined)

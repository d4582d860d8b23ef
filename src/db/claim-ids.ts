import { CLAIM_STATUSES, ClaimStatus } from "../claims/claim"
import type { TimeRange } from "../values/time-range"
import type { Bind } from "./bind"
import { claimsOfSearch, isOfSearch, PreparedSearch } from "./claim-search"
import { leastClaimId } from "./ids"

/** Restricts a list of claims, by the fields that are set. */
export interface ClaimFilter {
  orderId?: string
  customerId?: string
  /** Any of these. */
  statuses?: ClaimStatus[]
  /** The time at which they were opened. */
  createdAt?: TimeRange
  search?: PreparedSearch
  /** Only claims with a mail about a confirmation or a revert that was given up. */
  failedNotices?: true
  /** Only claims that their claimant may know of. */
  forClaimant?: boolean
}

/** The part of a list to read. */
interface Part {
  /** Only claims that are older than the one with this id. */
  before?: string
  /** Only claims with this id or a greater one. */
  least?: string
  /** Only claims with a lesser id. */
  below?: string
  /** The number of ids to skip. */
  skip?: number
  /** The most ids to return. */
  most: number
}

// The indexes by status have ids in this collation, the primary key has not. Otherwise
// the planner would take the primary key for a status that it believes to be frequent,
// and walk past all newer claims of other statuses.
const ID_IN_STATUS = 'id COLLATE "C"'

// The predicate of an index, which has the ids in the same collation.
const HAS_FAILED_NOTICES = "failed_notices <> '{}'"

// As isKnownToClaimant has it.
const KNOWN_TO_CLAIMANT =
  "(origin <> 'registration' OR status IN ('confirmed', 'reverted'))"

// The id of a claim has the clock of the server that opened it, `created_at` that of the
// database: they are hardly ever so far apart. By the ids, lists are walked.
const CLOCKS_APART_MS = 3_600_000

/**
 * Writes the SQL for the ids of the claims that match, the newest first. It reads no
 * more of an index than it skips and returns, but for an order and for a search, whose
 * claims it all reads, and for the beginning of very many addresses: then it reads the
 * newest claims until it has found enough. What else is asked of claims with failed
 * notices is looked for among these, which are few. `statuses` must not be empty.
 */
export function selectIds(filter: ClaimFilter, part: Part, bind: Bind): string {
  const { customerId, statuses, createdAt, search } = filter
  const conditions = [
    ...(customerId === undefined ? [] : [`customer_id = ${bind(customerId)}`]),
    ...(filter.forClaimant ? [KNOWN_TO_CLAIMANT] : []),
    ...(filter.failedNotices ? [HAS_FAILED_NOTICES] : []),
    ...createdWithin(createdAt, bind),
  ]
  const few = fewClaims(filter, bind)
  if (!few && search) conditions.push(isOfSearch(search, bind))
  const walk = { ...part, ...idsWithin(createdAt) }
  if (few || filter.failedNotices) {
    if (statuses) conditions.push(`status = ANY(${bind(statuses)})`)
    return few
      ? newest(few, conditions, part, bind)
      : newest("order_claim", conditions, walk, bind, ID_IN_STATUS)
  }
  return customerId !== undefined || statuses || createdAt
    ? newestByStatus(statuses ?? CLAIM_STATUSES, conditions, walk, bind)
    : newest("order_claim", conditions, walk, bind)
}

/** Writes as a table what the filter leaves of all claims, if that is little. */
function fewClaims(
  { orderId, search }: ClaimFilter,
  bind: Bind
): string | undefined {
  if (orderId === undefined) return search && claimsOfSearch(search, bind)
  const found = search ? ` WHERE ${isOfSearch(search, bind)}` : ""
  return `(SELECT * FROM ${claimsOf(orderId, bind)}${found}) AS few`
}

function createdWithin({ from, until }: TimeRange = {}, bind: Bind): string[] {
  return [
    ...(from ? [`created_at >= ${bind(from)}`] : []),
    ...(until ? [`created_at < ${bind(until)}`] : []),
  ]
}

/** Finds between which ids the claims of a time are. */
function idsWithin({ from, until }: TimeRange = {}): Pick<
  Part,
  "least" | "below"
> {
  const shifted = (date: Date, by: number) =>
    leastClaimId(new Date(date.getTime() + by))
  return {
    ...(from && { least: shifted(from, -CLOCKS_APART_MS) }),
    ...(until && { below: shifted(until, CLOCKS_APART_MS) }),
  }
}

/** Writes the conditions on the ids of a part. */
function idConditions(id: string, part: Part, bind: Bind): string[] {
  const { before, least, below } = part
  return [
    ...(before === undefined ? [] : [`${id} < ${bind(before)}`]),
    ...(least === undefined ? [] : [`${id} >= ${bind(least)}`]),
    ...(below === undefined ? [] : [`${id} < ${bind(below)}`]),
  ]
}

/** Takes the newest of one table. */
function newest(
  table: string,
  conditions: string[],
  part: Part,
  bind: Bind,
  id = "id"
): string {
  const all = [...conditions, ...idConditions(id, part, bind)]
  return `SELECT id FROM ${table} ${where(all)}
    ORDER BY ${id} DESC LIMIT ${bind(part.most)} OFFSET ${bind(part.skip ?? 0)}`
}

/**
 * Takes the newest of each status, and of these the newest. In the indexes, only the
 * claims of one status are in the order of their ids.
 */
function newestByStatus(
  statuses: readonly ClaimStatus[],
  conditions: string[],
  part: Part,
  bind: Bind
): string {
  const { skip = 0, most } = part
  const within = idConditions(ID_IN_STATUS, part, bind)
  const ofEach = bind(skip + most)
  const parts = [...new Set(statuses)].map((status) => {
    const all = [`status = ${bind(status)}`, ...conditions, ...within]
    return `(SELECT id FROM order_claim ${where(all)}
      ORDER BY ${ID_IN_STATUS} DESC LIMIT ${ofEach})`
  })
  return `SELECT id FROM (${parts.join(" UNION ALL ")}) AS merged
    ORDER BY ${ID_IN_STATUS} DESC LIMIT ${bind(most)} OFFSET ${bind(skip)}`
}

const where = (conditions: string[]): string =>
  conditions.length ? `WHERE ${conditions.join(" AND ")}` : ""

/**
 * Writes the claims of an order as a table. OFFSET keeps the planner from looking at
 * the rest of the statement: to save the sort, it would walk through all claims from
 * the newest on.
 */
const claimsOf = (orderId: string, bind: Bind): string => `(
  SELECT * FROM order_claim WHERE order_ids @> ${bind([orderId])} OFFSET 0
) AS claims_of_order`

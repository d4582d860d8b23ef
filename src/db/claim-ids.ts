import { CLAIM_STATUSES, ClaimStatus } from "../claims/claim"

/** Restricts a list of claims, by the fields that are set. */
export interface ClaimFilter {
  orderId?: string
  customerId?: string
  /** Any of these. */
  statuses?: ClaimStatus[]
  /** Only claims that their claimant may know of. */
  forClaimant?: boolean
}

/** The part of a list to read. */
interface Part {
  /** Only claims that are older than the one with this id. */
  before?: string
  /** The number of ids to skip. */
  skip?: number
  /** The most ids to return. */
  most: number
}

/** Adds a parameter to a statement, and returns its placeholder. */
export type Bind = (value: unknown) => string

// The indexes by status have ids in this collation, the primary key has not. Otherwise
// the planner would take the primary key for a status that it believes to be frequent,
// and walk past all newer claims of other statuses.
const ID_IN_STATUS = 'id COLLATE "C"'

// As isKnownToClaimant has it.
const KNOWN_TO_CLAIMANT = "(origin <> 'registration' OR status = 'confirmed')"

/**
 * Writes the SQL for the ids of the claims that match, the newest first. It reads no
 * more of an index than it skips and returns, except for an order: then it reads all
 * claims of that order. `statuses` must not be empty.
 */
export function selectIds(
  { orderId, customerId, statuses, forClaimant }: ClaimFilter,
  part: Part,
  bind: Bind
): string {
  const conditions = [
    ...(customerId === undefined ? [] : [`customer_id = ${bind(customerId)}`]),
    ...(forClaimant ? [KNOWN_TO_CLAIMANT] : []),
  ]

  if (orderId !== undefined) {
    const status = statuses ? [`status = ANY(${bind(statuses)})`] : []
    return newest(
      claimsOf(orderId, bind),
      [...conditions, ...status],
      part,
      bind
    )
  }
  return conditions.length || statuses
    ? newestByStatus(statuses ?? CLAIM_STATUSES, conditions, part, bind)
    : newest("order_claim", [], part, bind)
}

/** Takes the newest of one table. */
function newest(
  table: string,
  conditions: string[],
  { before, skip = 0, most }: Part,
  bind: Bind
): string {
  const older = before === undefined ? [] : [`id < ${bind(before)}`]
  return `SELECT id FROM ${table} ${where([...conditions, ...older])}
    ORDER BY id DESC LIMIT ${bind(most)} OFFSET ${bind(skip)}`
}

/**
 * Takes the newest of each status, and of these the newest. In the indexes, only the
 * claims of one status are in the order of their ids.
 */
function newestByStatus(
  statuses: readonly ClaimStatus[],
  conditions: string[],
  { before, skip = 0, most }: Part,
  bind: Bind
): string {
  const older =
    before === undefined ? [] : [`${ID_IN_STATUS} < ${bind(before)}`]
  const ofEach = bind(skip + most)
  const parts = [...new Set(statuses)].map((status) => {
    const all = [`status = ${bind(status)}`, ...conditions, ...older]
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
  SELECT id, customer_id, status, origin FROM order_claim
  WHERE order_ids @> ${bind([orderId])} OFFSET 0
) AS claims_of_order`

import type { ClaimStatus, Decider, Delivery } from "../claims/claim"
import type { Queryable } from "./database"

/** Restricts a list of claims, by the fields that are set. */
export interface ClaimFilter {
  orderId?: string
  customerId?: string
  statuses?: ClaimStatus[]
}

/** The part of a list to return. */
export interface Pagination {
  limit: number
  offset: number
}

/** A claim as it is listed: without the generation and the dates of its token. */
export interface ListedClaim {
  id: string
  customer_id: string
  email: string
  order_ids: string[]
  status: ClaimStatus
  expires_at: Date
  attempts: number
  deliveries: Delivery[]
  next_attempt_at: Date | null
  last_error: string | null
  sent_at: Date | null
  resolved_at: Date | null
  resolved_by: Decider | null
  moved_order_ids: string[]
  created_at: Date
  updated_at: Date
}

const LISTED = `
  id, customer_id, email, order_ids, status, expires_at, attempts, deliveries,
  next_attempt_at, last_error, sent_at, resolved_at, resolved_by,
  moved_order_ids, created_at, updated_at
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

/** Lists claims, the newest first, and counts all that match. */
export async function listClaims(
  db: Queryable,
  { orderId, customerId, statuses }: ClaimFilter,
  { limit, offset }: Pagination
): Promise<{ claims: ListedClaim[]; count: number }> {
  const parameters: unknown[] = []
  const conditions = [
    ["order_ids @> ", orderId && [orderId]],
    ["customer_id = ", customerId],
    ["status = ANY", statuses],
  ].flatMap(([condition, value]) =>
    value === undefined
      ? []
      : `${String(condition)}($${parameters.push(value)})`
  )
  const where = conditions.length ? `WHERE ${conditions.join(" AND ")}` : ""

  const [total] = await db.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM order_claim ${where}`,
    parameters
  )
  const claims = await db.query<ListedClaim>(
    `SELECT ${LISTED} FROM order_claim ${where}
     ORDER BY created_at DESC, id DESC
     LIMIT $${parameters.length + 1} OFFSET $${parameters.length + 2}`,
    [...parameters, limit, offset]
  )
  return { claims, count: total?.count ?? 0 }
}

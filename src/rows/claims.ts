import type { Claim } from "../claims/claim"
import type { Queryable } from "./database"

/** A claim with the hash that makes its opening idempotent. */
export interface ClaimRow extends Claim {
  event_token_hash: string
}

/** What is decided when a claim is opened; the database fills in the rest. */
export type NewClaim = Pick<
  ClaimRow,
  | "id"
  | "customer_id"
  | "email"
  | "order_ids"
  | "event_token_hash"
  | "status"
  | "last_error"
>

export const CLAIM_COLUMNS = `
  id, customer_id, email, order_ids, status, event_token_hash,
  token_generation, token_issued_at, expires_at, confirmed_generation,
  attempts, last_error, created_at
`

// Tokens count in whole seconds; so do the dates they are derived from.
export const ISSUED_NOW = "date_trunc('second', now())"

/** The claims that were opened for these events, by the hash of their token. */
export async function findClaimsByEvent(
  db: Queryable,
  hashes: string[]
): Promise<Map<string, ClaimRow>> {
  const rows = await db.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS} FROM order_claim WHERE event_token_hash = ANY($1)`,
    [hashes]
  )
  return new Map(rows.map((row) => [row.event_token_hash, row]))
}

/**
 * Writes new claims, all in one statement.
 *
 * @returns the written ones: not those whose event has a claim meanwhile
 */
export async function insertClaims(
  db: Queryable,
  claims: NewClaim[],
  linkTtlMs: number
): Promise<ClaimRow[]> {
  return db.query<ClaimRow>(
    `INSERT INTO order_claim (
       id, customer_id, email, order_ids, event_token_hash, status, last_error,
       token_issued_at, expires_at, next_attempt_at
     )
     SELECT *, ${ISSUED_NOW}, ${ISSUED_NOW} + $2 * interval '1 millisecond',
       CASE status WHEN 'pending' THEN now() END
     FROM jsonb_to_recordset($1::jsonb) AS new (
       id text, customer_id text, email text, order_ids text[],
       event_token_hash text, status text, last_error text
     )
     ON CONFLICT (event_token_hash) DO NOTHING
     RETURNING ${CLAIM_COLUMNS}`,
    [JSON.stringify(claims), linkTtlMs]
  )
}

/** One claim, locked until the transaction ends. */
export async function lockClaim(
  db: Queryable,
  by: { id: string } | { event_token_hash: string }
): Promise<ClaimRow | undefined> {
  const [column, value] = Object.entries(by)[0] as [string, string]
  const [row] = await db.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS} FROM order_claim WHERE ${column} = $1 FOR UPDATE`,
    [value]
  )
  return row
}

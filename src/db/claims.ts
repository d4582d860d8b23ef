import type { Claim } from "../claims/claim"
import type { OverLimit } from "../claims/limits"
import type { Queryable } from "./database"
import { deleteNotifications, updateNotifications } from "./notifications"

/** A claim with what only the outbox and the opening need. */
export interface ClaimRow extends Claim {
  /** `null` for a claim that core's event did not open. */
  event_token_hash: string | null
  /** Attempts since an outcome was last recorded: more than one are never normal. */
  unrecorded_attempts: number
  /** Temporary failures since `retries_since`, of the deliveries that are kept. Not a column. */
  deferrals: number
}

/** The columns that opening a claim sets; the database fills in the rest. */
export type NewClaim = Pick<
  ClaimRow,
  | "id"
  | "customer_id"
  | "email"
  | "order_ids"
  | "status"
  | "own_address"
  | "locale"
  | "last_error"
  | "event_token_hash"
  | "origin"
  | "requested_by"
>

/** True for a claim whose mails are about a confirmation or a revert, even a lifted one. */
export const MAILS_NOTICES = "(status = 'confirmed' OR reverted_at IS NOT NULL)"

/** See `retries_since` of a claim. */
export const RETRIES_SINCE = `greatest(retried_at, CASE
  WHEN reverted_at IS NOT NULL THEN reverted_at
  WHEN status = 'confirmed' THEN resolved_at
  ELSE coalesce(renewals[cardinality(renewals)], created_at)
END)`

// Of the newest 20 deliveries: after so many, the pause is at its longest anyway.
const DEFERRALS = `(
  SELECT count(*)::int FROM jsonb_array_elements(deliveries) AS delivery
  WHERE delivery->>'outcome' = 'deferred'
    AND (delivery->>'at')::timestamptz >= ${RETRIES_SINCE}
)`

export const CLAIM_COLUMNS = `
  id, customer_id, email, order_ids, status, origin, requested_by, display_id,
  sales_channel_ids, own_address, password_attempts, event_token_hash,
  token_generation, token_issued_at, expires_at, confirmed_generation,
  resolved_by, resolved_at, moved_orders, reverted_at, reverted_by,
  reverted_order_ids, to_notify, locale, attempts,
  unrecorded_attempts, last_error, created_at,
  ${RETRIES_SINCE} AS retries_since, ${DEFERRALS} AS deferrals
`

// Tokens count in whole seconds, so the dates they are derived from must, too.
export const ISSUED_NOW = "date_trunc('second', now())"

/** Finds the claims that these events have opened, by the hash of their token. */
export async function findClaimsByEvent(
  db: Queryable,
  hashes: string[]
): Promise<ClaimsByEvent> {
  const rows = await db.query<ClaimRow>(
    `SELECT ${CLAIM_COLUMNS} FROM order_claim WHERE event_token_hash = ANY($1)`,
    [hashes]
  )
  return claimsByEvent(rows)
}

/** Claims by the hash of their event's token. */
export type ClaimsByEvent = Map<string, ClaimRow>

/** Indexes claims by the hash of their event's token; those without one are left out. */
export function claimsByEvent(rows: ClaimRow[]): ClaimsByEvent {
  return new Map(
    rows.flatMap((row) =>
      row.event_token_hash === null ? [] : [[row.event_token_hash, row]]
    )
  )
}

/**
 * Writes new claims, all in one statement.
 *
 * @returns the claims that were written, without those whose event has one by now
 */
export async function insertClaims(
  db: Queryable,
  claims: NewClaim[],
  linkTtlMs: number
): Promise<ClaimRow[]> {
  return db.query<ClaimRow>(
    `INSERT INTO order_claim (
       id, customer_id, email, order_ids, event_token_hash, status, origin,
       requested_by, own_address, locale, last_error, token_issued_at, expires_at,
       next_attempt_at
     )
     SELECT *, ${ISSUED_NOW}, ${ISSUED_NOW} + $2 * interval '1 millisecond',
       CASE status WHEN 'pending' THEN now() END
     FROM jsonb_to_recordset($1::jsonb) AS new (
       id text, customer_id text, email text, order_ids text[],
       event_token_hash text, status text, origin text, requested_by text,
       own_address boolean, locale text, last_error text
     )
     ON CONFLICT (event_token_hash) DO NOTHING
     RETURNING ${CLAIM_COLUMNS}`,
    [JSON.stringify(inOrder(claims)), linkTtlMs]
  )
}

/**
 * Sorts claims by their event. Two servers that open the same events at once then
 * wait for each other, and never deadlock.
 */
function inOrder(claims: NewClaim[]): NewClaim[] {
  return [...claims].sort((a, b) =>
    (a.event_token_hash ?? "") < (b.event_token_hash ?? "") ? -1 : 1
  )
}

/** Takes claims of this very transaction out of the outbox, with their notifications. */
export async function throttleClaims(
  db: Queryable,
  claims: (Pick<Claim, "id" | "order_ids"> & { last_error: OverLimit })[]
): Promise<ClaimRow[]> {
  await deleteNotifications(db, claims)
  return db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = 'throttled', last_error = over.reason, next_attempt_at = NULL
     FROM unnest($1::text[], $2::text[]) AS over (claim_id, reason)
     WHERE id = over.claim_id
     RETURNING ${CLAIM_COLUMNS}`,
    [claims.map(({ id }) => id), claims.map(({ last_error }) => last_error)]
  )
}

/** A unique key of a claim. */
export type ClaimKey = { id: string } | { event_token_hash: string }

/** Finds one claim. */
export async function findClaim(
  db: Queryable,
  key: ClaimKey
): Promise<ClaimRow | undefined> {
  const [row] = await db.query<ClaimRow>(...selectClaim(key))
  return row
}

/** Finds one claim and locks it until the transaction ends. */
export async function lockClaim(
  db: Queryable,
  key: ClaimKey
): Promise<ClaimRow | undefined> {
  const [sql, parameters] = selectClaim(key)
  const [row] = await db.query<ClaimRow>(`${sql} FOR UPDATE`, parameters)
  return row
}

function selectClaim(key: ClaimKey): [sql: string, parameters: string[]] {
  const select = `SELECT ${CLAIM_COLUMNS} FROM order_claim`
  return "id" in key
    ? [`${select} WHERE id = $1`, [key.id]]
    : [`${select} WHERE event_token_hash = $1`, [key.event_token_hash]]
}

/** Raises the token's generation. From then on, no older link of the claim works. */
export async function raiseGeneration(
  db: Queryable,
  claimId: string,
  linkTtlMs: number
): Promise<ClaimRow> {
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       token_generation = token_generation + 1,
       token_issued_at = ${ISSUED_NOW},
       expires_at = ${ISSUED_NOW} + $2 * interval '1 millisecond',
       unrecorded_attempts = 0, password_attempts = 0, updated_at = now()
     WHERE id = $1
     RETURNING ${CLAIM_COLUMNS}`,
    [claimId, linkTtlMs]
  )
  return present(row)
}

/** Puts on record that these claims are for the claimant's own address. */
export async function flagOwnAddress(
  db: Queryable,
  claimIds: string[]
): Promise<void> {
  await db.query(
    "UPDATE order_claim SET own_address = true WHERE id = ANY($1)",
    [claimIds]
  )
}

/** Puts a claim into the outbox again because its recipient wants a fresh link. */
export async function requeueClaim(
  db: Queryable,
  claimId: string
): Promise<void> {
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = 'pending', next_attempt_at = now(), last_error = NULL,
       renewals = renewals || now(), updated_at = now()
     WHERE id = $1
     RETURNING ${CLAIM_COLUMNS}`,
    [claimId]
  )
  await updateNotifications(db, [present(row)])
}

/** @throws if a claim was deleted while it was changed */
export function present(row: ClaimRow | undefined): ClaimRow {
  if (row) return row
  throw new Error("the claim was deleted while it was changed")
}

import type { Decider, MovedOrder, Party } from "../claims/claim"
import { CLAIM_COLUMNS, ClaimRow, present } from "./claims"
import type { Queryable } from "./database"
import { withEntry } from "./history"
import { updateNotifications } from "./notifications"

/** The end of a claim. */
export interface Resolution {
  status: "confirmed" | "declined" | "canceled"
  by: Decider
  /** The member of the staff who decides. */
  userId?: string
  /** The generation of the token that confirmed. */
  confirmedGeneration?: number
  /** The orders that change hands. */
  movedOrders?: MovedOrder[]
  /** The sides that get a mail about it. */
  toNotify?: Party[]
}

const ACTION = `CASE $2::text
  WHEN 'confirmed' THEN 'confirm' WHEN 'declined' THEN 'decline'
  ELSE CASE WHEN status IN ('declined', 'reverted') THEN 'lift' ELSE 'cancel' END
END`

// Lifting the block of a revert ends none of the mails about it.
const unlessReverted = (column: string, value: string) =>
  `CASE WHEN status = 'reverted' THEN ${column} ELSE ${value} END`

/**
 * Ends a claim, or lifts its block. A mail that is on the wire keeps its lease, so that
 * its outcome is still recorded.
 */
export async function resolveClaim(
  db: Queryable,
  claimId: string,
  resolution: Resolution
): Promise<ClaimRow> {
  const { status, by, userId, confirmedGeneration, movedOrders, toNotify } =
    resolution
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = $2::text, resolved_by = $3::text,
       confirmed_generation = coalesce($4, confirmed_generation),
       moved_orders = coalesce($5::jsonb, moved_orders),
       history = ${withEntry(ACTION, "$3", "$7")},
       to_notify = ${unlessReverted("to_notify", "$6")},
       failed_notices = ${unlessReverted("failed_notices", "'{}'")},
       next_attempt_at = ${unlessReverted(
         "next_attempt_at",
         "CASE WHEN cardinality($6::text[]) > 0 THEN now() END"
       )},
       resolved_at = now(), updated_at = now()
     WHERE id = $1
     RETURNING ${CLAIM_COLUMNS}`,
    [
      claimId,
      status,
      by,
      confirmedGeneration ?? null,
      movedOrders ? JSON.stringify(movedOrders) : null,
      toNotify ?? [],
      userId ?? null,
    ]
  )
  const resolved = present(row)
  await updateNotifications(db, [resolved])
  return resolved
}

/** The way in which the orders of a claim were given back. */
export interface Reversion {
  by: Decider
  /** The member of the staff who decides. */
  userId?: string
  /** The orders that went back. */
  orderIds: string[]
  /** The sides that get a mail about it. */
  toNotify: Party[]
}

/** Records that the orders of a confirmed claim were given back. */
export async function recordReversion(
  db: Queryable,
  claimId: string,
  { by, userId, orderIds, toNotify }: Reversion
): Promise<ClaimRow> {
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = 'reverted', reverted_by = $2::text, reverted_order_ids = $3,
       to_notify = $4, failed_notices = '{}',
       history = ${withEntry("'revert'", "$2", "$5")}, reverted_at = now(), updated_at = now(),
       unrecorded_attempts = 0,
       next_attempt_at = CASE WHEN cardinality($4::text[]) > 0 THEN now() END
     WHERE id = $1
     RETURNING ${CLAIM_COLUMNS}`,
    [claimId, by, orderIds, toNotify, userId ?? null]
  )
  const reverted = present(row)
  await updateNotifications(db, [reverted])
  return reverted
}

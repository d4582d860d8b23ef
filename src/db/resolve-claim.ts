import type { Decider, MovedOrder, Party } from "../claims/claim"
import { CLAIM_COLUMNS, ClaimRow, present } from "./claims"
import type { Queryable } from "./database"
import { updateNotifications } from "./notifications"

/** The end of a claim. */
export interface Resolution {
  status: "confirmed" | "declined" | "canceled"
  by: Decider
  /** The generation of the token that confirmed. */
  confirmedGeneration?: number
  /** The orders that change hands. */
  movedOrders?: MovedOrder[]
  /** The sides that get a mail about it. */
  toNotify?: Party[]
}

/**
 * Ends a claim. A mail that is on the wire keeps its lease, so that its outcome
 * is still recorded.
 */
export async function resolveClaim(
  db: Queryable,
  claimId: string,
  resolution: Resolution
): Promise<ClaimRow> {
  const { status, by, confirmedGeneration, movedOrders, toNotify } = resolution
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = $2, resolved_by = $3, confirmed_generation = coalesce($4, confirmed_generation),
       moved_orders = coalesce($5::jsonb, moved_orders), to_notify = $6,
       next_attempt_at = CASE WHEN cardinality($6::text[]) > 0 THEN now() END,
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
    ]
  )
  const resolved = present(row)
  await updateNotifications(db, [resolved])
  return resolved
}

/** The way in which the orders of a claim were given back. */
export interface Reversion {
  by: Decider
  /** The orders that went back. */
  orderIds: string[]
  /** The sides that get a mail about it. */
  toNotify: Party[]
}

/** Records that the orders of a confirmed claim were given back. */
export async function recordReversion(
  db: Queryable,
  claimId: string,
  { by, orderIds, toNotify }: Reversion
): Promise<ClaimRow> {
  const [row] = await db.query<ClaimRow>(
    `UPDATE order_claim SET
       status = 'reverted', reverted_by = $2, reverted_order_ids = $3,
       to_notify = $4, reverted_at = now(), updated_at = now(),
       unrecorded_attempts = 0,
       next_attempt_at = CASE WHEN cardinality($4::text[]) > 0 THEN now() END
     WHERE id = $1
     RETURNING ${CLAIM_COLUMNS}`,
    [claimId, by, orderIds, toNotify]
  )
  const reverted = present(row)
  await updateNotifications(db, [reverted])
  return reverted
}

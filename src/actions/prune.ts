import { BLOCKS } from "../claims/erasure"
import type { ClaimStatus } from "../claims/claim"
import type { Queryable } from "../db/database"
import {
  deleteClaims,
  DELETED,
  lockOld,
  OldClaim,
  reduceBlocks,
} from "../db/retention"

/** The counts of one batch. */
export interface Pruned {
  /** The claims that were deleted. */
  deleted: number
  /** The declined and reverted claims that were reduced to their block. */
  reduced: number
}

/** The claims of one batch. */
const MOST_CLAIMS = 200
/** The orders of one batch, unless a single claim has more: each has a notification. */
const MOST_ORDERS = 3000

/**
 * Deletes a batch of claims that have been over for longer than they are kept, and
 * reduces such blocks, inside the caller's transaction.
 */
export async function pruneClaims(
  db: Queryable,
  retentionMs: number
): Promise<Pruned> {
  const old = await takeOld(db, DELETED, retentionMs)
  if (old.length) await deleteClaims(db, old)
  const blocks = old.length ? [] : await takeOld(db, BLOCKS, retentionMs)
  if (blocks.length) await reduceBlocks(db, blocks)
  return { deleted: old.length, reduced: blocks.length }
}

async function takeOld(
  db: Queryable,
  statuses: readonly ClaimStatus[],
  retentionMs: number
): Promise<OldClaim[]> {
  const found: OldClaim[] = []
  for (const status of statuses) {
    const left = MOST_CLAIMS - found.length
    if (!left) break
    found.push(...(await lockOld(db, status, retentionMs, left)))
  }
  return withinOrders(found)
}

/** Takes the first ones; the locks of the others end with the transaction. */
function withinOrders(claims: OldClaim[]): OldClaim[] {
  let orders = 0
  const end = claims.findIndex(({ order_ids }, index) => {
    orders += order_ids.length
    return index > 0 && orders > MOST_ORDERS
  })
  return end < 0 ? claims : claims.slice(0, end)
}

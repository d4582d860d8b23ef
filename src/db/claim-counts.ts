import { CLAIM_STATUSES, ClaimStatus } from "../claims/claim"
import { runBound } from "./bind"
import { MAX_COUNT } from "./claim-list"
import type { Queryable } from "./database"

/**
 * The numbers of a shop's claims, by status, and of those with a mail about a confirmation
 * or a revert that was given up.
 */
export type ClaimCounts = Record<ClaimStatus | "failed_notices", number>

/**
 * Counts a shop's claims by their status, each up to {@link MAX_COUNT}. The order makes
 * the planner take the index of a status, which it would not for one that it believes to
 * be frequent.
 */
export async function countClaims(db: Queryable): Promise<ClaimCounts> {
  const rows = await runBound<{ name: keyof ClaimCounts; count: number }>(
    db,
    (bind) => {
      const most = bind(MAX_COUNT)
      const parts = CLAIM_STATUSES.map(
        (status) => `(SELECT status AS name FROM order_claim
          WHERE status = ${bind(status)}
          ORDER BY id COLLATE "C" DESC LIMIT ${most})`
      )
      return `SELECT name, count(*)::int AS count FROM (
          ${parts.join(" UNION ALL ")}
          UNION ALL
          (SELECT 'failed_notices' FROM order_claim WHERE failed_notices <> '{}'
           ORDER BY failed_at, id LIMIT ${most})
        ) AS claims GROUP BY name`
    }
  )
  const names = [...CLAIM_STATUSES, "failed_notices"] as const
  const counts = Object.fromEntries(names.map((name) => [name, 0]))
  for (const { name, count } of rows) counts[name] = count
  return counts as ClaimCounts
}

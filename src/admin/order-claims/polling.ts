import type { OrderClaim, OrderClaimList } from "./order-claim"

const POLL_MS = 3000

/** Longer for claims that nobody looks at: a backlog may take hours. */
const POLL_COUNTS_MS = 15_000

/** The part of a claim that tells if it is on its way. */
export type OnItsWay = Pick<OrderClaim, "status" | "next_attempt_at">

/**
 * The interval at which to load again while one of these claims is on its way: a mail of
 * it is due, or its orders are looked up.
 */
export const pollWhileMailing = (claims: OnItsWay[] = []): number | false =>
  claims.some(
    ({ status, next_attempt_at }) =>
      status === "requested" || next_attempt_at !== null
  )
    ? POLL_MS
    : false

/** The interval for a page of claims, whose counts change with claims elsewhere, too. */
export function pollPage(
  page:
    (Pick<OrderClaimList, "counts"> & { order_claims: OnItsWay[] }) | undefined
): number | false {
  const counts = page?.counts
  const isMailing =
    counts !== undefined && counts.requested + counts.pending > 0
  return (
    pollWhileMailing(page?.order_claims) || (isMailing ? POLL_COUNTS_MS : false)
  )
}

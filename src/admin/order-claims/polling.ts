import type { OrderClaim } from "./order-claim"

const POLL_MS = 3000

/**
 * The interval at which to load again while one of these claims is on its way: a mail of
 * it is due, or its orders are looked up.
 */
export const pollWhileMailing = (
  claims: Pick<OrderClaim, "status" | "next_attempt_at">[] = []
): number | false =>
  claims.some(
    ({ status, next_attempt_at }) =>
      status === "requested" || next_attempt_at !== null
  )
    ? POLL_MS
    : false

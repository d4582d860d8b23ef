import type { OrderClaim } from "./order-claim"

const POLL_MS = 3000

/** The interval at which to load again while one of these claims is on its way. */
export const pollWhileMailing = (
  claims: Pick<OrderClaim, "status">[] = []
): number | false =>
  claims.some(({ status }) => status === "requested" || status === "pending")
    ? POLL_MS
    : false

import type { OrderClaim } from "./order-claim"

/** Formats a date as the reader's own browser does. */
export const moment = (date: string): string =>
  new Date(date).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  })

/** Counts a claim's other orders, on the page of one of them. */
export function otherOrders({
  order_ids,
}: Pick<OrderClaim, "order_ids">): string | undefined {
  const others = order_ids.length - 1
  if (others < 1) return undefined
  return others === 1 ? "and 1 other order" : `and ${others} other orders`
}

/** The mail server's last response, or the error if there was none. */
export const lastResponse = ({
  deliveries,
}: Pick<OrderClaim, "deliveries">): string | undefined =>
  deliveries[deliveries.length - 1]?.response

/** The reason for a claim's status, unless it is the mail server's response. */
export function reason(
  claim: Pick<OrderClaim, "deliveries" | "last_error">
): string | undefined {
  const { last_error } = claim
  return last_error && last_error !== lastResponse(claim)
    ? last_error
    : undefined
}

/** True if a link was mailed, or nearly: only then does its expiry matter. */
export const hasLink = ({ status }: Pick<OrderClaim, "status">): boolean =>
  status === "sent" || status === "failed"

const SIDES = {
  recipient: "by the recipient",
  claimant: "by the claimant",
  admin: "by the shop's staff",
} as const satisfies Record<NonNullable<OrderClaim["resolved_by"]>, string>

/** The side that confirmed, and when; a lifted block has taken its place on record. */
export function confirmation({
  status,
  resolved_by,
  resolved_at,
}: Pick<OrderClaim, "status" | "resolved_by" | "resolved_at">):
  string | undefined {
  const isOnRecord = status === "confirmed" || status === "reverted"
  return isOnRecord && resolved_by && resolved_at
    ? `${moment(resolved_at)}, ${SIDES[resolved_by]}`
    : undefined
}

/** The side that gave the orders back, and when; and how many, if not all of them. */
export function reversion({
  reverted_by,
  reverted_at,
  reverted_order_ids,
  moved_orders,
}: Pick<
  OrderClaim,
  "reverted_by" | "reverted_at" | "reverted_order_ids" | "moved_orders"
>): string | undefined {
  if (!reverted_by || !reverted_at) return undefined
  const [back, moved] = [reverted_order_ids.length, moved_orders.length]
  const part = back < moved ? `, ${back} of ${moved} orders` : ""
  return `${moment(reverted_at)}, ${SIDES[reverted_by]}${part}`
}

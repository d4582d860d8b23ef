import type { Delivery } from "../../claims/claim"
import type { OrderClaim } from "./order-claim"

/** Formats a date as the reader's own browser does. */
export const moment = (date: string): string =>
  new Date(date).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  })

/** The word for how a claim began: nobody asked for the offer to a new account. */
export const beginning = ({
  origin,
}: Pick<OrderClaim, "origin">): "Asked" | "Offered" =>
  origin === "registration" ? "Offered" : "Asked"

/** Counts a claim's other orders, on the page of one of them. */
export function otherOrders({
  order_ids,
}: Pick<OrderClaim, "order_ids">): string | undefined {
  const others = order_ids.length - 1
  if (others < 1) return undefined
  return others === 1 ? "and 1 other order" : `and ${others} other orders`
}

/** The last mail, or the last attempt to send one. */
export const lastDelivery = ({
  deliveries,
}: Pick<OrderClaim, "deliveries">): Delivery | undefined =>
  deliveries[deliveries.length - 1]

/** The mail server's last response, or the error if there was none. */
export const lastResponse = (
  claim: Pick<OrderClaim, "deliveries">
): string | undefined => lastDelivery(claim)?.response

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

/** The attempts to mail a link and to mail a notice about the outcome, apart. */
export const mailAttempts = ({
  attempts,
  notice_attempts,
}: Pick<OrderClaim, "attempts" | "notice_attempts">) => ({
  links: attempts - notice_attempts,
  notices: notice_attempts,
})

/** The number of orders that went back, if it is not all that had moved. */
export function partGivenBack({
  reverted_order_ids,
  moved_orders,
}: Pick<OrderClaim, "reverted_order_ids" | "moved_orders">):
  string | undefined {
  const [back, moved] = [reverted_order_ids.length, moved_orders.length]
  return back < moved ? `${back} of ${moved} orders` : undefined
}

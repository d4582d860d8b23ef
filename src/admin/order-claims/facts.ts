import type { OrderClaim } from "./order-claim"

/** A moment as the reader's own browser writes it. */
export const moment = (date: string): string =>
  new Date(date).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  })

/** Which orders the claim is about, seen from the page of one of them. */
export function otherOrders({
  order_ids,
}: Pick<OrderClaim, "order_ids">): string | undefined {
  const others = order_ids.length - 1
  if (others < 1) return undefined
  return others === 1 ? "and 1 other order" : `and ${others} other orders`
}

/** The mail server's last words, or why it could not be asked. */
export const lastAnswer = ({
  deliveries,
}: Pick<OrderClaim, "deliveries">): string | undefined =>
  deliveries[deliveries.length - 1]?.response

/** Why a claim is as it is, unless that is the mail server's answer. */
export function reason(
  claim: Pick<OrderClaim, "deliveries" | "last_error">
): string | undefined {
  const { last_error } = claim
  return last_error && last_error !== lastAnswer(claim) ? last_error : undefined
}

/** Whether a link is out, or will be: only then does its end matter. */
export const hasLink = ({ status }: Pick<OrderClaim, "status">): boolean =>
  status === "sent" || status === "failed"

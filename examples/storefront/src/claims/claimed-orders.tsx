import { counted } from "../parts/counted"
import { date } from "../parts/dates"
import type { OpenClaim, RevertableClaim } from "./order-claims"

/** The orders of a claim that the store lists: at most five. */
export function ClaimedOrders({
  claim,
}: {
  claim: OpenClaim | RevertableClaim
}) {
  const unlisted = claim.order_count - claim.orders.length
  return (
    <ul className="cards">
      {claim.orders.map((order) => (
        <li key={order.display_id} className="card">
          <h2>Order #{order.display_id}</h2>
          <p className="quiet">{date(order.created_at)}</p>
          <ul className="items">
            {order.items.map(({ title, quantity }, index) => (
              <li key={index}>
                {quantity} × {title}
              </li>
            ))}
            {order.item_count > order.items.length && (
              <li>
                and{" "}
                {counted(order.item_count - order.items.length, "more item")}
              </li>
            )}
          </ul>
        </li>
      ))}
      {unlisted > 0 && <li>and {counted(unlisted, "more order")}</li>}
    </ul>
  )
}

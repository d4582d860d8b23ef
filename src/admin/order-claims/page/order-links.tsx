import { Link } from "react-router-dom"
import { LINK_CLASS } from "../claimant"
import type { OrderClaim } from "../order-claim"

const MOST_LINKS = 3

interface OrderLinksProps {
  claim: Pick<OrderClaim, "orders" | "order_ids">
}

/** The first orders of a claim, with links to their pages, and how many more there are. */
export const OrderLinks = ({
  claim: { orders, order_ids },
}: OrderLinksProps) => {
  const shown = orders.slice(0, MOST_LINKS)
  const others = order_ids.length - shown.length

  return (
    <span className="flex flex-wrap gap-x-2">
      {shown.map(({ id, display_id }) => (
        <Link key={id} to={`/a/orders/${id}`} className={LINK_CLASS}>
          #{display_id}
        </Link>
      ))}
      {others > 0 && (
        <span className="whitespace-nowrap">
          {shown.length ? `+ ${others} more` : others}
        </span>
      )}
    </span>
  )
}

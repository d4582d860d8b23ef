import { useOrder } from "medusa-react"

import { date } from "../parts/dates"
import { counted } from "../parts/counted"

const LISTED = 5

/**
 * The numbers and days of a claim's orders, to tell it from others. The store names
 * orders only to a customer who may know them: those that were asked for by their ids,
 * and those that are confirmed.
 */
export function KnownOrders({ ids }: { ids: string[] }) {
  const unlisted = ids.length - LISTED
  if (ids.length === 0) return null
  return (
    <ul className="items">
      {ids.slice(0, LISTED).map((id) => (
        <KnownOrder key={id} id={id} />
      ))}
      {unlisted > 0 && <li>and {counted(unlisted, "more order")}</li>}
    </ul>
  )
}

function KnownOrder({ id }: { id: string }) {
  const { order } = useOrder(id)
  if (!order) return null
  return (
    <li>
      Order #{order.display_id}, {date(order.created_at)}
    </li>
  )
}

import type { ReactNode } from "react"

import { date } from "../parts/dates"
import type { ShownOrder } from "./order"

interface Props {
  order: ShownOrder
  /** The actions for the order. */
  children?: ReactNode
}

/** An order's number, day and items. */
export function OrderCard({ order, children }: Props) {
  return (
    <div className="card">
      <h3>Order #{order.display_id}</h3>
      <p className="quiet">{date(order.created_at)}</p>
      <ul className="items">
        {order.items.map(({ id, title, quantity }) => (
          <li key={id}>
            {quantity} × {title}
          </li>
        ))}
      </ul>
      {children}
    </div>
  )
}

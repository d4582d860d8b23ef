import { useOrders } from "medusa-react"

import { Problem } from "../parts/problem"
import { statusOf } from "../parts/sentence-of"
import { OrderActions } from "./order-actions"
import { OrderCard } from "./order-card"
import type { Wanted } from "./order-lookup"

/** The result of a search for an order. */
export function FoundOrder({ wanted }: { wanted: Wanted }) {
  const { order, error, isLoading } = useOrders(wanted)

  if (isLoading) return <p role="status">One moment …</p>
  if (statusOf(error) === 404) {
    return (
      <p role="alert" className="problem">
        There is no order #{wanted.display_id} with this email address. Please
        check both.
      </p>
    )
  }
  if (!order) return <Problem error={error} />
  return (
    <OrderCard order={order}>
      {/* Each order has its own state. */}
      <OrderActions key={order.id} order={order} email={wanted.email} />
    </OrderCard>
  )
}

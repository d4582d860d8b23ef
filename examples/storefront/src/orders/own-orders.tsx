import { useCustomerOrders } from "medusa-react"

import { Problem } from "../parts/problem"
import { OrderCard } from "./order-card"

/** The orders in the customer's account. */
export function OwnOrders() {
  const { orders, error, isLoading } = useCustomerOrders()
  return (
    <section aria-labelledby="own-orders">
      <h2 id="own-orders">Your orders</h2>
      <Problem error={error} />
      {isLoading && <p role="status">One moment …</p>}
      {orders?.length === 0 && <p>There are no orders in your account yet.</p>}
      <ul className="cards">
        {orders?.map((order) => (
          <li key={order.id}>
            <OrderCard order={order} />
          </li>
        ))}
      </ul>
    </section>
  )
}

import type { OrderDetailsWidgetProps, WidgetConfig } from "@medusajs/admin"
import { OrderClaims } from "../order-claims/order-claims"

/** The claims of an order, on its page in the admin dashboard. */
const OrderClaimsWidget = ({ order, notify }: OrderDetailsWidgetProps) => {
  return <OrderClaims order={order} notify={notify} />
}

export const config: WidgetConfig = {
  zone: "order.details.after",
}

export default OrderClaimsWidget

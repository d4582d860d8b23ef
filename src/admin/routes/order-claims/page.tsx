import type { RouteConfig, RouteProps } from "@medusajs/admin"
import { ClaimsIcon } from "../../order-claims/page/claims-icon"
import { Claims } from "../../order-claims/page/claims"

/** The page "Order claims" of the admin dashboard. */
const OrderClaimsPage = ({ notify }: RouteProps) => {
  return <Claims notify={notify} />
}

export const config: RouteConfig = {
  link: { label: "Order claims", icon: ClaimsIcon },
}

export default OrderClaimsPage

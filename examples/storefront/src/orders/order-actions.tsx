import { Link } from "react-router-dom"

import { useCameFrom } from "../account/use-return"
import { useCustomer } from "../account/use-customer"
import { ClaimOrderButton } from "../claims/claim-order-button"

interface Props {
  order: { id: string; customer_id: string }
  email: string
}

/** The actions that this visitor has for an order. */
export function OrderActions({ order, email }: Props) {
  const { customer, isLoading } = useCustomer()
  const cameFrom = useCameFrom()

  if (isLoading) return null
  if (!customer) {
    return (
      <p>
        <Link to="/login" state={cameFrom}>
          Log in
        </Link>{" "}
        or{" "}
        <Link to="/register" state={cameFrom}>
          register
        </Link>{" "}
        to add this order to your account.
      </p>
    )
  }
  if (order.customer_id === customer.id) {
    return (
      <p>
        This order is in <Link to="/account">your account</Link>.
      </p>
    )
  }
  return <ClaimOrderButton orderId={order.id} email={email} />
}

import { Link } from "react-router-dom"

import { useCameFrom } from "../account/use-return"
import { useCustomer } from "../account/use-customer"
import { MissingOrder } from "../claims/missing-order"
import { OwnClaims } from "../claims/own-claims"
import { OwnOrders } from "../orders/own-orders"
import { Heading } from "../parts/heading"

/** The customer's orders, and those that wait for their confirmation. */
export function AccountPage() {
  const { customer, isLoading } = useCustomer()
  const cameFrom = useCameFrom()

  if (isLoading) return <p role="status">One moment …</p>
  if (!customer) {
    return (
      <>
        <Heading>Your account</Heading>
        <p>
          <Link to="/login" state={cameFrom}>
            Log in
          </Link>{" "}
          to see your orders.
        </p>
      </>
    )
  }
  return (
    <>
      <Heading lead={`Logged in as ${customer.email}`}>Your account</Heading>
      <OwnOrders />
      <MissingOrder />
      <OwnClaims />
    </>
  )
}

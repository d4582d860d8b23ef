import { useAdminCustomer } from "medusa-react"
import { Link } from "react-router-dom"

/** The claimant, with a link to the customer's page. */
export const Claimant = ({ customerId }: { customerId: string }) => {
  const { customer } = useAdminCustomer(customerId)
  if (!customer) return <>{customerId}</>

  const name = [customer.first_name, customer.last_name]
    .filter(Boolean)
    .join(" ")
  return (
    <>
      {name && `${name}, `}
      <Link
        to={`/a/customers/${customerId}`}
        className="text-ui-fg-interactive hover:text-ui-fg-interactive-hover underline"
      >
        {customer.email}
      </Link>
    </>
  )
}

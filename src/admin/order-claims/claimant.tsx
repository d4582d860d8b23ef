import { Link } from "react-router-dom"
import { EmailAddress } from "./email-address"
import type { OrderClaim } from "./order-claim"
import { fullName } from "./person"

/** The looks of a link, in the dashboard's own blue: that of its theme is too light to read. */
export const LINK_CLASS = "text-blue-60 hover:text-blue-70 underline"

/** The claimant, with a link to the customer's page; only the id if that was deleted. */
export const Claimant = ({
  claim: { claimant, customer_id },
}: {
  claim: Pick<OrderClaim, "claimant" | "customer_id">
}) => {
  if (!claimant) return <>{`${customer_id} (deleted)`}</>

  const name = fullName(claimant)
  return (
    <>
      {name && `${name}, `}
      <Link
        to={`/a/customers/${customer_id}`}
        // A narrow column breaks before the address, rather than within it.
        className={`${LINK_CLASS} inline-block`}
      >
        <EmailAddress>{claimant.email}</EmailAddress>
      </Link>
    </>
  )
}

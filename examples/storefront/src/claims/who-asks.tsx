import { date } from "../parts/dates"
import type { OpenClaim } from "./order-claims"

/**
 * Says whose account the orders would move to. An account with the reader's own address
 * is either the reader's, or a stranger's whose words have no place here.
 */
export function WhoAsks({ claim }: { claim: OpenClaim }) {
  const { account_opened_at, claimant, order_count } = claim
  const many = order_count > 1

  if (account_opened_at) {
    return (
      <p>
        An account with this email address was opened on{" "}
        {date(account_opened_at)}. Log in to it to add your earlier{" "}
        {many ? "orders" : "order"}.
      </p>
    )
  }
  const { name, email } = claimant
  return (
    <p>
      <strong>{name ? `${name} (${email})` : email}</strong> asked us to add{" "}
      {many ? "these orders" : "this order"} to their account.
    </p>
  )
}

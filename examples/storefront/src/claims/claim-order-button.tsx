import { useRequestOrderAccess } from "medusa-react"
import { Link } from "react-router-dom"

import { Problem } from "../parts/problem"
import { useFreshLists } from "./use-order-claims"

/** Asks for an order: the store emails a link to the address on it. */
export function ClaimOrderButton(props: { orderId: string; email: string }) {
  const refresh = useFreshLists()
  const ask = useRequestOrderAccess({ onSuccess: refresh })

  if (ask.isSuccess) {
    return (
      <p role="status">
        A link is on its way to {props.email}. Open it and confirm. Until then
        the order is <Link to="/account">waiting for confirmation</Link>.
      </p>
    )
  }
  return (
    <>
      <button
        type="button"
        disabled={ask.isLoading}
        onClick={() => ask.mutate({ order_ids: [props.orderId] })}
      >
        Add this order to my account
      </button>
      <Problem error={ask.error} />
    </>
  )
}

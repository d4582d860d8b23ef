import { dateTime, timeLeft } from "../parts/dates"
import { Problem } from "../parts/problem"
import { KnownOrders } from "./known-orders"
import type { OwnClaim } from "./order-claims"
import { useCancelClaim } from "./use-order-claims"

const labels: Record<OwnClaim["status"], string> = {
  waiting: "Waiting",
  confirmed: "Confirmed",
  reverted: "Given back",
  declined: "Declined",
  canceled: "Canceled",
  expired: "Expired",
}

/** Says what a claim is about. */
function about({ email, display_id, order_ids }: OwnClaim): string {
  if (display_id !== null) return `Order #${display_id} of ${email}`
  if (order_ids.length === 0) return `Orders of ${email}`
  if (order_ids.length === 1) return `One order of ${email}`
  return `${order_ids.length} orders of ${email}`
}

/** Says in a sentence what the customer can expect or do. */
function explain({ status, email, order_ids, expires_at }: OwnClaim): string {
  const deadline = `within ${timeLeft(expires_at)}, by ${dateTime(expires_at)}`
  switch (status) {
    case "waiting":
      if (order_ids.length > 0) {
        return `Open the link in the email to ${email} ${deadline}.`
      }
      return `If there are orders to add, a link is in the mailbox of ${email}. Open it ${deadline}.`
    case "confirmed":
      return `Confirmed with the link sent to ${email}.`
    case "reverted":
      return `It was confirmed, and has been given back to ${email}.`
    case "declined":
      return `Somebody at ${email} said that it wasn't them.`
    case "canceled":
      return `The link in the email to ${email} does not work any more.`
    case "expired":
      return `Nobody at ${email} confirmed in time. Ask again for a new one.`
  }
}

/** One claim of the customer's own. */
export function OwnClaimCard({ claim }: { claim: OwnClaim }) {
  const cancel = useCancelClaim()

  return (
    <li className="card">
      <div className="card-head">
        <h3>{about(claim)}</h3>
        <span className={`badge ${claim.status}`}>{labels[claim.status]}</span>
      </div>
      <KnownOrders ids={claim.order_ids} />
      <p>{explain(claim)}</p>
      <p className="quiet">Asked on {dateTime(claim.created_at)}</p>
      {claim.status === "waiting" && (
        <button
          type="button"
          className="second"
          disabled={cancel.isLoading}
          onClick={() => cancel.mutate(claim.id)}
        >
          Cancel
        </button>
      )}
      <Problem error={cancel.error} />
    </li>
  )
}

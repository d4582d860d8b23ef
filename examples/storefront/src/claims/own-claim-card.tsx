import { dateTime } from "../parts/dates"
import { Problem } from "../parts/problem"
import type { OwnClaim } from "./order-claims"
import { useCancelClaim } from "./use-order-claims"

const labels: Record<OwnClaim["status"], string> = {
  waiting: "Waiting",
  confirmed: "Confirmed",
  declined: "Declined",
  canceled: "Canceled",
  expired: "Expired",
}

/** Says in a sentence what the customer can expect or do. */
function explain({ status, email, expires_at }: OwnClaim): string {
  switch (status) {
    case "waiting":
      return `Open the link in the email to ${email} by ${dateTime(expires_at)}.`
    case "confirmed":
      return `Confirmed from ${email}.`
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
  const orders = claim.order_ids.length
  const title = `${orders === 1 ? "One order" : `${orders} orders`} of ${claim.email}`

  return (
    <li className="card">
      <div className="card-head">
        <h3>{title}</h3>
        <span className={`badge ${claim.status}`}>{labels[claim.status]}</span>
      </div>
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

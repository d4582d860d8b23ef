import { LocalTime } from "../../components/local-time"
import { cancelClaim, type OwnClaim, ownClaims } from "../../lib/own-claims"
import { Refresh } from "./refresh"

/** Says what a claim is about. */
function about({ email, display_id, order_ids }: OwnClaim): string {
  if (display_id !== null) return `Order #${display_id} of ${email}`
  if (order_ids.length === 0) return `Orders of ${email}`
  if (order_ids.length === 1) return `One order of ${email}`
  return `${order_ids.length} orders of ${email}`
}

export async function OwnClaims() {
  const claims = await ownClaims()
  if (claims.length === 0) return null
  return (
    <section aria-labelledby="claims">
      <h2 id="claims">What you have asked for</h2>
      <ul>
        {claims.map((claim) => (
          <li key={claim.id}>
            <h3>{about(claim)}</h3>
            <p>
              Asked <LocalTime at={claim.created_at} />:{" "}
              <strong>{claim.status}</strong>
            </p>
            {claim.status === "waiting" && (
              <form action={cancelClaim.bind(null, claim.id)}>
                <button>Cancel</button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <Refresh />
    </section>
  )
}

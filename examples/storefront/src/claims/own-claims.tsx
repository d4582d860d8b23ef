import { Problem } from "../parts/problem"
import type { OwnClaim } from "./order-claims"
import { OwnClaimCard } from "./own-claim-card"
import { useOwnClaims } from "./use-order-claims"

/** The customer's own claims, the newest first. */
export function OwnClaims() {
  const { data: claims = [], error, isLoading } = useOwnClaims()
  const waiting = claims.filter(({ status }) => status === "waiting")
  const ended = claims.filter(({ status }) => status !== "waiting")

  return (
    <>
      <section aria-labelledby="waiting">
        <h2 id="waiting">Waiting for confirmation</h2>
        <Problem error={error} />
        {isLoading && <p role="status">One moment …</p>}
        {!isLoading && !error && waiting.length === 0 && (
          <p>
            Nothing is waiting. What you have just asked for appears here in a
            moment.
          </p>
        )}
        <Cards claims={waiting} />
      </section>
      {ended.length > 0 && (
        <section aria-labelledby="ended">
          <h2 id="ended">Earlier requests</h2>
          <Cards claims={ended} />
        </section>
      )}
    </>
  )
}

function Cards({ claims }: { claims: OwnClaim[] }) {
  return (
    <ul className="cards">
      {claims.map((claim) => (
        <OwnClaimCard key={claim.id} claim={claim} />
      ))}
    </ul>
  )
}

import type { ReactNode } from "react"
import { Claimant } from "./claimant"
import {
  confirmation,
  hasLink,
  lastResponse,
  moment,
  otherOrders,
  reason,
  reversion,
} from "./facts"
import type { OrderClaim } from "./order-claim"

interface FactProps {
  name: string
  children: ReactNode
}

const Fact = ({ name, children }: FactProps) => (
  <>
    <dt className="text-ui-fg-subtle">{name}</dt>
    <dd className="text-ui-fg-base min-w-0 break-words">{children}</dd>
  </>
)

/** The record of a claim. */
export const ClaimFacts = ({ claim }: { claim: OrderClaim }) => {
  const others = otherOrders(claim)
  const response = lastResponse(claim)
  const why = reason(claim)
  const confirmed = confirmation(claim)
  const givenBack = reversion(claim)

  return (
    <dl className="txt-compact-small grid grid-cols-[120px_1fr] gap-x-4 gap-y-1.5">
      <Fact name="Asked for by">
        <Claimant customerId={claim.customer_id} />
      </Fact>
      <Fact name="Asked on">{moment(claim.created_at)}</Fact>
      {others && <Fact name="Orders">{`This one ${others}`}</Fact>}
      <Fact name="Recipient">{claim.email}</Fact>
      <Fact name="Mailing attempts">{claim.attempts}</Fact>
      {claim.next_attempt_at && claim.attempts > 0 && (
        <Fact name="Next attempt">{moment(claim.next_attempt_at)}</Fact>
      )}
      {response && <Fact name="Last answer">{response}</Fact>}
      {why && <Fact name="Reason">{why}</Fact>}
      {hasLink(claim) && (
        <Fact name="Link expires">{moment(claim.expires_at)}</Fact>
      )}
      {confirmed && <Fact name="Confirmed">{confirmed}</Fact>}
      {givenBack && <Fact name="Given back">{givenBack}</Fact>}
    </dl>
  )
}

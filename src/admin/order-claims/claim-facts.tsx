import type { ReactNode } from "react"
import { Claimant } from "./claimant"
import { plural } from "./count"
import {
  beginning,
  hasLink,
  lastResponse,
  mailAttempts,
  moment,
  otherOrders,
  reason,
} from "./facts"
import { HistoryFacts } from "./history-facts"
import { Fact } from "./fact"
import type { OrderClaim } from "./order-claim"
import { StaffMember } from "./staff-member"

/** The record of a claim. */
export const ClaimFacts = ({ claim }: { claim: OrderClaim }) => {
  const began = beginning(claim)
  const others = otherOrders(claim)
  const response = lastResponse(claim)
  const why = reason(claim)
  const { links, notices } = mailAttempts(claim)

  return (
    <dl className="txt-compact-small grid grid-cols-[120px_1fr] gap-x-4 gap-y-1.5">
      <Fact name={began === "Offered" ? "Offered to" : "Asked for by"}>
        <Claimant claim={claim} />
      </Fact>
      {claim.requested_by && (
        <Fact name="Asked by staff">
          <StaffMember userId={claim.requested_by} />
        </Fact>
      )}
      <Fact name={`${began} on`}>{moment(claim.created_at)}</Fact>
      {others && <Fact name="Orders">{`This one ${others}`}</Fact>}
      <Fact name="Recipient">{claim.email}</Fact>
      <Fact name="Link emails">{plural(links, "attempt")}</Fact>
      {notices > 0 && <Fact name="Notices">{plural(notices, "attempt")}</Fact>}
      {claim.next_attempt_at && claim.attempts > 0 && (
        <Fact name="Next attempt">{moment(claim.next_attempt_at)}</Fact>
      )}
      {response && <Fact name="Last response">{response}</Fact>}
      {why && <Fact name="Reason">{why}</Fact>}
      {failedNotices(claim)}
      {hasLink(claim) && (
        <Fact name="Link expires">{moment(claim.expires_at)}</Fact>
      )}
      <HistoryFacts claim={claim} />
    </dl>
  )
}

const failedNotices = ({ failed_notices }: OrderClaim): ReactNode =>
  failed_notices.length > 0 && (
    <Fact name="Notice failed">{`to the ${failed_notices.join(" and the ")}`}</Fact>
  )

import { useState } from "react"
import { Link } from "react-router-dom"

import { AnsweredClaim } from "../claims/answered-claim"
import type { ClaimLink } from "../claims/claim-link"
import { ClaimQuestion, type Answered } from "../claims/claim-question"
import { EndedClaim } from "../claims/ended-claim"
import { ExpiredClaim } from "../claims/expired-claim"
import { RevertClaim } from "../claims/revert-claim"
import { useClaimLookup } from "../claims/use-order-claims"
import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"

/** The page behind the link in the email. */
export function ClaimPage({ link }: { link?: ClaimLink }) {
  if (link) return <OpenedLink link={link} />
  return (
    <>
      <Heading>Open the link again</Heading>
      <p>
        This page belongs to a link in an email from us. For your safety the
        link is not kept here: please open it again from the email.
      </p>
      <p>
        <Link to="/">Back to the shop</Link>
      </p>
    </>
  )
}

function OpenedLink({ link }: { link: ClaimLink }) {
  const { data: claim, error } = useClaimLookup(link.token)
  const [answer, setAnswer] = useState<Answered>()

  if (answer) return <AnsweredClaim answer={answer} />
  if (error) {
    return (
      <>
        <Heading>This link does not work</Heading>
        <Problem error={error} />
      </>
    )
  }
  if (!claim) return <p role="status">One moment …</p>
  if (claim.status === "open") {
    return <ClaimQuestion claim={claim} link={link} onAnswered={setAnswer} />
  }
  if (claim.status === "revertable") {
    return (
      <RevertClaim claim={claim} token={link.token} onAnswered={setAnswer} />
    )
  }
  if (claim.status === "expired" && link.reverts) {
    return <EndedClaim status="late" />
  }
  if (claim.status === "stale" && link.reverts) {
    return <EndedClaim status="gone" />
  }
  if (claim.status === "expired") {
    return <ExpiredClaim token={link.token} onAnswered={setAnswer} />
  }
  return <EndedClaim status={claim.status} />
}

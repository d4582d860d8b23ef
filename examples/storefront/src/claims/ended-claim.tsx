import { Link } from "react-router-dom"

import { Heading } from "../parts/heading"
import type { DeadStatus } from "./order-claims"

/** `late`: the time to take a confirm back is over. */
type Ended = Exclude<DeadStatus, "expired"> | "late"

const texts: Record<Ended, [string, string]> = {
  confirmed: [
    "This is done already",
    "What was asked for is in the customer's account.",
  ],
  used: [
    "This is done already",
    "Another link for the same request has been confirmed.",
  ],
  superseded: [
    "There is a newer link",
    "We have sent another email since. Please use the link in the latest one.",
  ],
  reverted: [
    "This was taken back",
    "What was ordered belongs to its email address again.",
  ],
  declined: [
    "This was declined",
    "Somebody said that it wasn't them. Nothing has changed.",
  ],
  canceled: [
    "This was canceled",
    "The request was withdrawn, and this link does not work any more. Nothing has changed.",
  ],
  late: [
    "This link has expired",
    "The time to take this back is over. Please write to us.",
  ],
  stale: [
    "This cannot be moved any more",
    "What was ordered was canceled, has another email address now, or already belongs to an account.",
  ],
}

/** The reason why a link no longer works. */
export function EndedClaim({ status }: { status: Ended }) {
  const [title, sentence] = texts[status]
  return (
    <>
      <Heading>{title}</Heading>
      <p>{sentence}</p>
      <p>
        <Link to="/account">Go to your account</Link>
      </p>
    </>
  )
}

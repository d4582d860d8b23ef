import { Link } from "react-router-dom"

import { Heading } from "../parts/heading"
import type { DeadStatus } from "./order-claims"

/** `late`: the time to take a confirm back is over; `gone`: nothing can go back. */
type Ended = Exclude<DeadStatus, "expired"> | "late" | "gone"

const texts: Record<Ended, [string, string]> = {
  confirmed: ["This is already done", "It was added to the account."],
  used: [
    "This is already done",
    "Another link for the same request was confirmed.",
  ],
  superseded: [
    "There is a newer link",
    "We have sent another email since. Please use the link in the latest one.",
  ],
  reverted: ["This was taken back", "It belongs to its email address again."],
  declined: [
    "This was declined",
    "Somebody said it wasn't them. Nothing was added.",
  ],
  canceled: [
    "This was canceled",
    "The request was withdrawn, and this link no longer works. Nothing was added.",
  ],
  late: [
    "This link has expired",
    "The time to take this back is over. Please write to us.",
  ],
  gone: [
    "This can no longer be taken back",
    "It was canceled, or is no longer in that account.",
  ],
  stale: [
    "This can no longer be added",
    "Orders cannot be added once they are canceled, belong to an account, or have a different email address.",
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

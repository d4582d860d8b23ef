import { Link } from "react-router-dom"

import { Heading } from "../parts/heading"
import type { Answered } from "./claim-question"

const texts: Record<Answered, [string, string]> = {
  confirmed: ["Thank you", "Done: added to the account."],
  declined: [
    "Thank you for telling us",
    "Nothing was added, and that account cannot ask for this again.",
  ],
  renewed: [
    "A new link is on its way",
    "Look into the mailbox that this link came to.",
  ],
  reverted: [
    "Taken back",
    "This belongs to your email address again, and that account cannot ask for it again.",
  ],
}

/** The result of the reader's click. */
export function AnsweredClaim({ answer }: { answer: Answered }) {
  const [title, sentence] = texts[answer]
  return (
    <>
      <Heading isNews>{title}</Heading>
      <p role="status">{sentence}</p>
      {answer === "confirmed" && (
        <p>
          <Link to="/account">See your orders</Link>
        </p>
      )}
    </>
  )
}

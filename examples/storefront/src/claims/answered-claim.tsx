import { Link } from "react-router-dom"

import { Heading } from "../parts/heading"
import type { Answered } from "./claim-question"

const texts: Record<Answered, [string, string]> = {
  confirmed: ["Thank you", "Done: added to the account."],
  declined: [
    "Thank you for telling us",
    "Nothing was added, and nobody can ask for this again from that account.",
  ],
  renewed: [
    "A new link is on its way",
    "Look into the mailbox that this link came to.",
  ],
  reverted: [
    "Taken back",
    "This belongs to your email address again, and nobody can ask for it again from that account.",
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

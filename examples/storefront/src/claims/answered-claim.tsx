import { Link } from "react-router-dom"

import { Heading } from "../parts/heading"
import type { Answered } from "./claim-question"

const texts: Record<Answered, [string, string]> = {
  confirmed: [
    "Thank you",
    "The orders are in the account of the customer who asked for them.",
  ],
  declined: [
    "Thank you for telling us",
    "Nothing has changed, and nobody can ask for these orders from that account again.",
  ],
  renewed: [
    "A new link is on its way",
    "Look into the mailbox of the address on the order.",
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

import { useGrantOrderAccess } from "medusa-react"

import { dateTime } from "../parts/dates"
import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"
import type { ClaimLink } from "./claim-link"
import { ClaimedOrders } from "./claimed-orders"
import type { OpenClaim } from "./order-claims"
import { useDeclineClaim, useFreshLists } from "./use-order-claims"

/** The reader's decision about a link. */
export type Answered = "confirmed" | "declined" | "renewed"

interface Props {
  claim: OpenClaim
  link: ClaimLink
  onAnswered: (answer: Answered) => void
}

/** Asks the reader to confirm. Nothing happens before a click. */
export function ClaimQuestion({ claim, link, onAnswered }: Props) {
  const refresh = useFreshLists()
  const answered = (answer: Answered) => ({
    onSuccess: () => onAnswered(answer),
    // After a refusal, too: the claim has changed.
    onSettled: refresh,
  })
  const confirm = useGrantOrderAccess()
  const decline = useDeclineClaim()
  const isBusy = confirm.isLoading || decline.isLoading

  const buttons = [
    <button
      key="confirm"
      type="button"
      className={link.declines ? "second" : ""}
      disabled={isBusy}
      onClick={() =>
        confirm.mutate({ token: link.token }, answered("confirmed"))
      }
    >
      Yes, it was me
    </button>,
    <button
      key="decline"
      type="button"
      className={link.declines ? "" : "second"}
      disabled={isBusy}
      onClick={() => decline.mutate(link.token, answered("declined"))}
    >
      This wasn't me
    </button>,
  ]
  const { name, email } = claim.claimant
  const many = claim.order_count > 1

  return (
    <>
      <Heading>{link.declines ? "It wasn't you?" : "Was it you?"}</Heading>
      <p>
        <strong>{name ? `${name} (${email})` : email}</strong> asks to add{" "}
        {many ? `these ${claim.order_count} orders` : "this order"} to their
        account.
      </p>
      <ClaimedOrders claim={claim} />
      <p className="quiet">
        You can answer until {dateTime(claim.expires_at)}. If you do nothing,
        nothing changes.
      </p>
      <div className="buttons">
        {link.declines ? buttons.reverse() : buttons}
      </div>
      <Problem error={confirm.error ?? decline.error} />
    </>
  )
}

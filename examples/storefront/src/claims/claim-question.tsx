import { useGrantOrderAccess } from "medusa-react"
import { Link } from "react-router-dom"

import { useCustomer } from "../account/use-customer"
import { useCameFrom } from "../account/use-return"
import { dateTime, timeLeft } from "../parts/dates"
import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"
import { codeOf } from "../parts/sentence-of"
import type { ClaimLink } from "./claim-link"
import { ClaimedOrders } from "./claimed-orders"
import type { OpenClaim } from "./order-claims"
import { useDeclineClaim, useFreshLists } from "./use-order-claims"
import { WhoAsks } from "./who-asks"

/** The reader's decision about a link. */
export type Answered = "confirmed" | "declined" | "renewed" | "reverted"

interface Props {
  claim: OpenClaim
  link: ClaimLink
  onAnswered: (answer: Answered) => void
}

/** Asks the reader to confirm. Nothing happens before a click. */
export function ClaimQuestion({ claim, link, onAnswered }: Props) {
  const { customer, isLoading } = useCustomer()
  const refresh = useFreshLists()
  const answered = (answer: Answered) => ({
    onSuccess: () => onAnswered(answer),
    // After a refusal, too: the claim has changed.
    onSettled: refresh,
  })
  const confirm = useGrantOrderAccess()
  const decline = useDeclineClaim()
  const isBusy = confirm.isLoading || decline.isLoading || isLoading

  const isOther = codeOf(confirm.error) === "order_claim_login_required"
  const isNobody = claim.login_required && !isLoading && !customer
  const needsLogin = isOther || isNobody
  const many = claim.order_count > 1

  const buttons = [
    needsLogin ? (
      <LogInFirst key="log-in" as={link.declines ? "second" : ""} />
    ) : (
      <button
        key="confirm"
        type="button"
        className={link.declines ? "second" : ""}
        disabled={isBusy}
        onClick={() =>
          confirm.mutate({ token: link.token }, answered("confirmed"))
        }
      >
        {many ? "Yes, add these orders" : "Yes, add this order"}
      </button>
    ),
    <button
      key="decline"
      type="button"
      className={link.declines ? "" : "second"}
      disabled={isBusy}
      onClick={() => decline.mutate(link.token, answered("declined"))}
    >
      {claim.own_address ? "It isn't my account" : "It wasn't me"}
    </button>,
  ]

  return (
    <>
      <Heading>{headingOf(claim, link.declines)}</Heading>
      <WhoAsks claim={claim} />
      <ClaimedOrders claim={claim} />
      {!claim.own_address && (
        <p>
          If you agree,{" "}
          {many
            ? "they move to that account, and later emails about them go there."
            : "it moves to that account, and later emails about it go there."}
        </p>
      )}
      <p className="quiet">
        This link works for {timeLeft(claim.expires_at)}, until{" "}
        {dateTime(claim.expires_at)}. If you do nothing, nothing changes.
      </p>
      {needsLogin && (
        <p role={isOther ? "alert" : undefined}>
          {isOther && customer
            ? `You are logged in as ${customer.email}, but another account asked. `
            : ""}
          To add {many ? "these orders" : "this order"}, log in{" "}
          {claim.own_address
            ? "to that account"
            : "with the account that asked"}
          . You come back to this page.
        </p>
      )}
      <div className="buttons">
        {link.declines ? buttons.reverse() : buttons}
      </div>
      <Problem
        error={isOther ? decline.error : (confirm.error ?? decline.error)}
      />
    </>
  )
}

function headingOf(claim: OpenClaim, declines: boolean): string {
  const { own_address, order_count, orders } = claim
  if (declines) return own_address ? "Not your account?" : "It wasn't you?"
  const account = own_address ? "your account" : "an account"
  const what =
    order_count > 1
      ? `your ${order_count} orders`
      : `order #${orders[0]?.display_id}`
  return `Add ${what} to ${account}?`
}

/** Leads to the login page and back; the link stays in memory meanwhile. */
function LogInFirst({ as }: { as: string }) {
  const cameFrom = useCameFrom()
  return (
    <Link className={`button ${as}`} to="/login" state={cameFrom}>
      Log in
    </Link>
  )
}

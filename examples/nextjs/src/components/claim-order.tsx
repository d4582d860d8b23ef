"use client"

import { useEffect, useRef, useState } from "react"
import {
  type Claim,
  confirm,
  decline,
  loggedInAs,
  lookUp,
  renew,
  revert,
} from "../lib/order-claim"
import { ClaimDetails } from "./claim-details"
import { LogInForm } from "./log-in-form"

const ENDED = {
  superseded: "There is a newer link. Please use the one in the latest email.",
  confirmed: "This is already done.",
  used: "Another link for the same request was confirmed.",
  reverted: "This was taken back.",
  declined: "Somebody said it wasn't them. Nothing was added.",
  canceled: "The request was canceled. Nothing was added.",
  stale: "This can no longer be added.",
  gone: "This can no longer be taken back.",
}

interface Props {
  token: string
  /** The claim, if a server has looked it up already. */
  found?: Claim
  /** True if the link has `action=decline`: the email's "it wasn't me". */
  declines?: boolean
  /** True if it has `action=revert`: "take it back", after a confirmation. */
  reverts?: boolean
}

export function ClaimOrder({
  token,
  found,
  declines = false,
  reverts = false,
}: Props) {
  const [claim, setClaim] = useState(found)
  // `null` is nobody; `undefined` while it is not known
  const [account, setAccount] = useState<string | null>()
  const [isBusy, setBusy] = useState(true)
  const [text, setText] = useState("One moment …")
  const heading = useRef<HTMLHeadingElement>(null)

  /** Takes one step; what it returns is said. */
  const take = async (step: () => Promise<string>) => {
    setBusy(true)
    const noAnswer = () => "The shop did not respond. Please try again."
    setText(await step().catch(noAnswer))
    setBusy(false)
  }

  useEffect(() => {
    const address = new URL(window.location.href)
    address.searchParams.delete("token")
    // the state is the router's: without it "back" would not work
    window.history.replaceState(window.history.state, "", address)

    void take(async () => {
      const current = found ?? (await lookUp(token))
      // not on the server: with SameSite=Strict its cookie does not come with
      // a click in an email
      if (current.status === "open" && current.login_required) {
        setAccount((await loggedInAs()) ?? null)
      }
      setClaim(current)
      return current.status === "invalid" ? current.message : ""
    })
  }, [token, found])

  const answer = (send: typeof confirm, done: string) =>
    void take(async () => {
      const refusal = await send(token)
      if (refusal?.code === "order_claim_login_required") {
        setAccount(null)
        setClaim((open) => open && { ...open, login_required: true })
        const other = account ? `It was not asked for from ${account}. ` : ""
        return `${other}Log in with the account that asked.`
      }
      if (refusal) return refusal.message
      setClaim(undefined)
      // the button is gone: without this the focus would be lost
      heading.current?.focus()
      return done
    })
  const button = (name: string, send: typeof confirm, done: string) => (
    <button
      key={name}
      type="button"
      disabled={isBusy}
      onClick={() => answer(send, done)}
    >
      {name}
    </button>
  )

  const many = claim && "order_count" in claim && claim.order_count > 1
  const them = many ? "them" : "it"
  // the account that asks has the reader's address: it is theirs, or a stranger's
  const isOwn = claim && "own_address" in claim && claim.own_address
  const no = button(
    isOwn ? "It isn't my account" : "It wasn't me",
    decline,
    "Thank you. Nothing was added."
  )
  const yes = button(
    many ? "Yes, add these orders" : "Yes, add this order",
    confirm,
    "Done: added to the account."
  )
  const again = button("Send me a new link", renew, "A new link is on its way.")
  const back = button(
    `Take ${them} back`,
    revert,
    `Thank you. ${many ? "They were" : "It was"} taken back.`
  )
  const logIn = (
    <div key="log-in">
      <p>To add {them}, log in with the account that asked:</p>
      <LogInForm
        title="The account that asked"
        onLogIn={(email) => {
          setAccount(email)
          setText(`You are logged in as ${email}.`)
          heading.current?.focus()
        }}
      />
    </div>
  )
  const answers = (open: { login_required: boolean }) => {
    if (!open.login_required || account) return [yes, no]
    return account === null ? [logIn, no] : [no]
  }

  // nothing can go back: the orders were canceled, or have moved on
  const isGone = reverts && claim?.status === "stale"
  const ended = isGone ? "gone" : claim?.status
  const isOpen = claim?.status === "open"
  const isRevertable = claim?.status === "revertable"
  const title = () => {
    if (isRevertable) return `Take ${them} back?`
    if (!isOpen) return "Your request"
    if (declines) return isOwn ? "Not your account?" : "It wasn't you?"
    const orders = many ? "your orders" : "your order"
    return `Add ${orders} to ${isOwn ? "your" : "an"} account?`
  }

  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title()}
      </h1>
      {(isOpen || isRevertable) && (
        <>
          <ClaimDetails claim={claim} />
          {isRevertable && back}
          {isOpen && (declines ? answers(claim).reverse() : answers(claim))}
        </>
      )}
      {claim?.status === "expired" && (
        <>
          <p>This link has expired.</p>
          {!reverts && again} {!reverts && no}
        </>
      )}
      {ended && ended in ENDED && <p>{ENDED[ended as keyof typeof ENDED]}</p>}
      <p role="status">{text}</p>
    </>
  )
}

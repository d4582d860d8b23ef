"use client"

import type { Claim } from "../lib/order-claim"
import { LocalTime, TimeLeft } from "./local-time"

type ShownClaim = Extract<Claim, { status: "open" | "revertable" }>

/** Shows whose account it is about, which orders, and how long the link works. */
export function ClaimDetails({ claim }: { claim: ShownClaim }) {
  const { order_count, orders } = claim
  const unlisted = order_count - orders.length

  return (
    <>
      <p>{sentence(claim)}</p>
      <ul>
        {orders.map(({ display_id, items }) => (
          <li key={display_id}>
            #{display_id}: {items.map(({ title }) => title).join(", ")}
          </li>
        ))}
        {unlisted > 0 && <li>and {unlisted} more</li>}
      </ul>
      <p>
        This link works for <TimeLeft until={claim.expires_at} />, until{" "}
        <LocalTime at={claim.expires_at} />.
      </p>
    </>
  )
}

function sentence(claim: ShownClaim): React.ReactNode {
  const { claimant, account_opened_at, order_count } = claim
  const many = order_count > 1
  const these = many ? `these ${order_count} orders` : "this order"
  const who = claimant.name
    ? `${claimant.name} (${claimant.email})`
    : claimant.email

  if (claim.status === "revertable") return `${who} now has ${these}.`
  // the reader's own account, or a stranger's: nobody else's words belong here
  if (account_opened_at) {
    return (
      <>
        An account with this email address was opened on{" "}
        <LocalTime at={account_opened_at} />. Log in to it to add {these}.
      </>
    )
  }
  return `${who} asked us to add ${these} to their account. If you agree, later emails about ${many ? "them" : "it"} go there.`
}

"use client"

import { type FormEvent, useState } from "react"
import { askForOrders, type Wanted } from "../lib/own-claims"

export function MissingOrder() {
  const [isBusy, setBusy] = useState(false)
  const [text, setText] = useState("")

  const ask = async (wanted: Wanted) => {
    setBusy(true)
    const asked = await askForOrders(wanted).catch(() => ({
      message: "The shop did not respond. Please try again.",
    }))
    setText(
      "message" in asked
        ? asked.message
        : `If there are orders to add, a link is on its way to ${asked.email}.`
    )
    setBusy(false)
  }

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const number = String(fields.get("number")).replace(/\D/g, "")
    void ask({
      email: String(fields.get("email")),
      displayId: number ? Number(number) : undefined,
    })
  }

  return (
    <section aria-labelledby="missing">
      <h2 id="missing">Missing an order?</h2>
      <p>
        We email a link to the address on your orders. Open it, and they are
        added to this account.
      </p>
      <button type="button" disabled={isBusy} onClick={() => void ask({})}>
        Orders with this account's address
      </button>
      <form aria-label="Another address" method="post" onSubmit={submit}>
        <label>
          Another address on your orders
          <input name="email" type="email" autoComplete="email" required />
        </label>
        <label>
          Order number (optional)
          <input
            name="number"
            inputMode="numeric"
            pattern="\s*#?[0-9]{1,9}\s*"
            title="The number of the order, such as 1042"
          />
        </label>
        <button disabled={isBusy}>Ask for these orders</button>
      </form>
      <p role="status">{text}</p>
    </section>
  )
}

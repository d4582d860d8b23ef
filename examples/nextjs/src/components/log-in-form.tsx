"use client"

import { type FormEvent, useState } from "react"
import { logIn } from "../lib/order-claim"

interface Props {
  title: string
  onLogIn: (email: string) => void
}

export function LogInForm({ title, onLogIn }: Props) {
  const [problem, setProblem] = useState("")

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const email = String(fields.get("email"))
    const password = String(fields.get("password"))
    const refusal = await logIn(email, password).catch(() => ({
      message: "The shop did not respond. Please try again.",
    }))
    if (refusal) setProblem(refusal.message)
    else onLogIn(email)
  }

  return (
    // "post": without JavaScript a password must not get into the address
    <form
      aria-label={title}
      method="post"
      onSubmit={(event) => void submit(event)}
    >
      <label>
        Email
        <input name="email" type="email" autoComplete="email" required />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
      </label>
      <button>Log in</button>
      <p role="alert">{problem}</p>
    </form>
  )
}

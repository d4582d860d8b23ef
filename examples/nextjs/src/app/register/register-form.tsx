"use client"

import { useRouter } from "next/navigation"
import { type FormEvent, useState } from "react"
import { register } from "../../lib/account"

export function RegisterForm() {
  const router = useRouter()
  const [problem, setProblem] = useState("")

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const fields = new FormData(event.currentTarget)
    const field = (name: string) => String(fields.get(name))
    const refusal = await register({
      first_name: field("first_name"),
      last_name: field("last_name"),
      email: field("email"),
      password: field("password"),
    }).catch(() => ({ message: "The shop did not respond. Please try again." }))
    if (refusal) setProblem(refusal.message)
    else router.push("/account")
  }

  return (
    <form
      aria-label="A new account"
      method="post"
      onSubmit={(event) => void submit(event)}
    >
      <label>
        First name
        <input name="first_name" autoComplete="given-name" required />
      </label>
      <label>
        Last name
        <input name="last_name" autoComplete="family-name" required />
      </label>
      <label>
        Email
        <input name="email" type="email" autoComplete="email" required />
      </label>
      <label>
        Password
        <input
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          required
        />
      </label>
      <button>Register</button>
      <p role="alert">{problem}</p>
    </form>
  )
}

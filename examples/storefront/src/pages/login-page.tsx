import { Link } from "react-router-dom"

import { useLogin } from "../account/use-login"
import { useCameFrom, useReturn } from "../account/use-return"
import { Field } from "../parts/field"
import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"
import { readForm } from "../parts/read-form"

export function LoginPage() {
  const login = useLogin()
  const goBack = useReturn()
  const cameFrom = useCameFrom()

  return (
    <>
      <Heading>Log in</Heading>
      <form
        className="card"
        onSubmit={(event) => {
          const field = readForm(event)
          login.mutate(
            { email: field("email"), password: field("password") },
            { onSuccess: goBack }
          )
        }}
      >
        <Field label="Email" name="email" type="email" autoComplete="email" />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
        />
        <button disabled={login.isLoading}>Log in</button>
        <Problem error={login.error} />
      </form>
      <p>
        No account yet?{" "}
        <Link to="/register" state={cameFrom}>
          Register
        </Link>
      </p>
    </>
  )
}

import { useCreateCustomer } from "medusa-react"
import { Link } from "react-router-dom"

import { useCameFrom, useReturn } from "../account/use-return"
import { useFreshLists } from "../claims/use-order-claims"
import { Field } from "../parts/field"
import { Heading } from "../parts/heading"
import { Problem } from "../parts/problem"
import { readForm } from "../parts/read-form"

export function RegisterPage() {
  const refresh = useFreshLists()
  // The store logs a new customer in.
  const register = useCreateCustomer({ onSuccess: refresh })
  const goBack = useReturn()
  const cameFrom = useCameFrom()

  return (
    <>
      <Heading>Register</Heading>
      <form
        className="card"
        onSubmit={(event) => {
          const field = readForm(event)
          register.mutate(
            {
              first_name: field("first_name"),
              last_name: field("last_name"),
              email: field("email"),
              password: field("password"),
            },
            { onSuccess: goBack }
          )
        }}
      >
        <div className="row">
          <Field
            label="First name"
            name="first_name"
            autoComplete="given-name"
          />
          <Field
            label="Last name"
            name="last_name"
            autoComplete="family-name"
          />
        </div>
        <Field label="Email" name="email" type="email" autoComplete="email" />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
        />
        <button disabled={register.isLoading}>Register</button>
        <Problem error={register.error} />
      </form>
      <p>
        Have an account?{" "}
        <Link to="/login" state={cameFrom}>
          Log in
        </Link>
      </p>
    </>
  )
}

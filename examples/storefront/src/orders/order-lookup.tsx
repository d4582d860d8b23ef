import { useNavigate } from "react-router-dom"

import { Field } from "../parts/field"
import { readForm } from "../parts/read-form"
import { usePageState } from "../parts/use-page-state"
import { FoundOrder } from "./found-order"

/** The search for an order. */
export interface Wanted {
  display_id: number
  email: string
}

/**
 * Finds an order by its number and address. The search is kept in the history's state,
 * so that it is there again after a login; not in the URL, because it is personal.
 */
export function OrderLookup() {
  const navigate = useNavigate()
  const { wanted } = (usePageState() ?? {}) as { wanted?: Wanted }

  return (
    <section aria-labelledby="lookup">
      <h2 id="lookup">Find your order</h2>
      <form
        onSubmit={(event) => {
          const field = readForm(event)
          const wanted: Wanted = {
            display_id: Number(field("number").replace(/^#/, "")),
            email: field("email"),
          }
          navigate("/", { replace: true, state: { wanted } })
        }}
      >
        <div className="row">
          <Field
            label="Order number"
            name="number"
            inputMode="numeric"
            pattern="\s*#?[0-9]+\s*"
            title="The number in the email about your order, such as 1042"
            defaultValue={wanted?.display_id}
          />
          <Field
            label="Email on the order"
            name="email"
            type="email"
            autoComplete="email"
            defaultValue={wanted?.email}
          />
        </div>
        <button>Find it</button>
      </form>
      {wanted && <FoundOrder wanted={wanted} />}
    </section>
  )
}

import { Field } from "../parts/field"
import { Problem } from "../parts/problem"
import { readForm } from "../parts/read-form"
import type { Wanted } from "./order-claims"
import { useAskForOrders } from "./use-order-claims"

/**
 * Asks for orders that the customer made as a guest. Nobody knows the ids of orders;
 * the answer is the same whether there are orders or not.
 */
export function MissingOrder() {
  const ask = useAskForOrders()
  const askFor = (wanted: Wanted) => ask.mutate(wanted)

  return (
    <section aria-labelledby="missing">
      <h2 id="missing">Missing an order?</h2>
      <p>
        If you ordered as a guest, we can add these orders to your account. We
        email a link to the address on them, and you confirm there.
      </p>
      <button type="button" disabled={ask.isLoading} onClick={() => askFor({})}>
        Orders with this account's address
      </button>
      <form
        className="card"
        aria-labelledby="other-address"
        onSubmit={(event) => {
          const field = readForm(event)
          const number = field("number").replace(/^#/, "")
          askFor({
            email: field("email"),
            ...(number && { display_id: Number(number) }),
          })
        }}
      >
        <h3 id="other-address">Orders with another address</h3>
        <div className="row">
          <Field
            label="Email on the orders"
            name="email"
            type="email"
            autoComplete="off"
          />
          <Field
            label="Order number (optional)"
            name="number"
            required={false}
            inputMode="numeric"
            pattern="\s*#?[0-9]{1,9}\s*"
            title="The number in the email about your order, such as 1042"
          />
        </div>
        <button disabled={ask.isLoading}>Ask for them</button>
      </form>
      <div className="answer" role="status">
        {ask.data &&
          `If there are orders to add, a link is on its way to ${ask.data.email}.`}
      </div>
      <Problem error={ask.error} />
    </section>
  )
}

import { Input, Label, Text } from "@medusajs/ui"
import { useId, useState } from "react"
import { errorSentence } from "./error-sentence"
import { nameAndEmail } from "./person"
import { Problem } from "./problem"
import { useCustomerSearch } from "./use-customer-search"

interface CustomerFieldProps {
  /** The id of the chosen customer, or "". */
  chosen: string
  onChoose: (customerId: string) => void
}

/** Chooses one of the customers whom core's own search finds. */
export const CustomerField = ({ chosen, onChoose }: CustomerFieldProps) => {
  const [text, setText] = useState("")
  const { error, retry, ...search } = useCustomerSearch(text)
  const id = useId()
  const isDone = text.trim() !== "" && !search.isSearching && !error

  return (
    <div className="flex flex-col gap-y-2">
      <Label htmlFor={id} size="xsmall">
        Find the customer by name or email address
      </Label>
      <Input
        id={id}
        size="small"
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          onChoose("")
        }}
      />
      <div role="radiogroup" aria-label="Customer" className="flex flex-col">
        {search.customers.map((customer) => (
          <label
            key={customer.id}
            className="txt-compact-small text-ui-fg-base flex items-center gap-x-2 py-1 [overflow-wrap:anywhere]"
          >
            <input
              type="radio"
              name={id}
              checked={chosen === customer.id}
              onChange={() => onChoose(customer.id)}
            />
            {nameAndEmail(customer)}
          </label>
        ))}
      </div>
      <Text size="small" role="status" className="text-ui-fg-subtle">
        {isDone ? resultWords(search) : ""}
      </Text>
      {error && <Problem onRetry={retry}>{errorSentence(error)}</Problem>}
    </div>
  )
}

/** Says what the list of customers does not: that there are none, or more. */
function resultWords({
  customers,
  hasMore,
}: Pick<ReturnType<typeof useCustomerSearch>, "customers" | "hasMore">) {
  if (hasMore) {
    return "There may be more. Add to the name, or enter the email address."
  }
  return customers.length ? "" : "No account matches."
}

import { useMeCustomer } from "medusa-react"

/** Loads the logged-in customer. None is a valid result (401), not an error. */
export function useCustomer() {
  const { customer, isError, isLoading } = useMeCustomer()
  return { customer: isError ? undefined : customer, isLoading }
}

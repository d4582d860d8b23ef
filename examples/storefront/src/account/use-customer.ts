import { useMeCustomer } from "medusa-react"

/** Who is logged in; nobody is not an error but an answer (401). */
export function useCustomer() {
  const { customer, isError, isLoading } = useMeCustomer()
  return { customer: isError ? undefined : customer, isLoading }
}

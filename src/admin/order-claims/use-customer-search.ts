import { useAdminCustomers } from "medusa-react"
import { useEffect, useState } from "react"

const PAUSE_MS = 300
const MOST_FOUND = 8

/** Core's own search for customers with an account, once the reader pauses. */
export function useCustomerSearch(text: string) {
  const [q, setQ] = useState("")
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])

  const { customers, error, isFetching, refetch } = useAdminCustomers(
    { q, has_account: true, limit: MOST_FOUND, offset: 0 },
    { enabled: q !== "", keepPreviousData: true }
  )
  return {
    customers: q ? (customers ?? []) : [],
    error,
    isSearching: isFetching || q !== text.trim(),
    retry: () => void refetch(),
  }
}

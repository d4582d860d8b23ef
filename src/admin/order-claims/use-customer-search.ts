import { useAdminCustomers } from "medusa-react"
import { useEffect, useState } from "react"
import { hasWords, splitSearch } from "./customer-search"

const PAUSE_MS = 300
const MOST_SHOWN = 8

/** The most that core finds by the longest word, among whom to look for the other words. */
const MOST_COMPARED = 100

/** Searches for customers with an account, once the reader pauses, with core's own search. */
export function useCustomerSearch(text: string) {
  const [q, setQ] = useState("")
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim()), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])

  const { word, others } = splitSearch(q)
  const limit = others.length ? MOST_COMPARED : MOST_SHOWN
  const { customers, count, error, isFetching, refetch } = useAdminCustomers(
    { q: word, has_account: true, limit, offset: 0 },
    { enabled: word !== "", keepPreviousData: true }
  )
  const compared = word && customers ? customers : []
  const found = compared.filter((customer) => hasWords(customer, others))
  return {
    customers: found.slice(0, MOST_SHOWN),
    /** True if more customers match, or may match. */
    hasMore: found.length > MOST_SHOWN || (count ?? 0) > compared.length,
    error,
    isSearching: isFetching || q !== text.trim(),
    retry: () => void refetch(),
  }
}

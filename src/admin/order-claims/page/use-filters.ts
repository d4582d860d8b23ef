import { useCallback, useMemo } from "react"
import { useLocation, useSearchParams } from "react-router-dom"
import { type Filters, readFilters, writeFilters } from "./filters"

/** The part of the view that the browser's history keeps, and no address. */
interface PageState {
  /** The search. A server would log an address that holds a customer's. */
  q: string
  /** The claims after which the pages before this one began. */
  earlier: string[]
}

/** The view that the address of the page describes, with the search: go back to it. */
export function useFilters() {
  const [params, setParams] = useSearchParams()
  const state = useLocation().state as Partial<PageState> | null
  const { q = "", earlier = [] } = state ?? {}
  const filters = useMemo(() => ({ ...readFilters(params), q }), [params, q])
  const before = params.get("before") ?? undefined

  const change = useCallback(
    (changes: Partial<Filters>, { replace = false } = {}) => {
      const next = { ...filters, ...changes }
      const state: PageState = { q: next.q, earlier: [] }
      setParams(writeFilters(next), { replace, state })
    },
    [filters, setParams]
  )
  const goTo = (cursor: string | undefined, pages: string[]) => {
    const next = writeFilters(filters)
    if (cursor) next.set("before", cursor)
    const state: PageState = { q, earlier: pages }
    setParams(next, { state })
  }

  return {
    filters,
    before,
    change,
    /** Shows the claims that are older than this one. */
    older: (last: string) => goTo(last, before ? [...earlier, before] : []),
    /** Shows the page before; from a shared address, the newest claims. */
    newer: () => goTo(earlier[earlier.length - 1], earlier.slice(0, -1)),
  }
}

import { useCallback, useMemo } from "react"
import { useLocation, useSearchParams } from "react-router-dom"
import { type Filters, readFilters, writeFilters } from "./filters"

/** The claims after which the pages before this one began. */
interface PageState {
  earlier?: string[]
}

/** The view that the address of the page describes: share it, or go back to it. */
export function useFilters() {
  const [params, setParams] = useSearchParams()
  const state = useLocation().state as PageState | null
  const earlier = state?.earlier ?? []
  const filters = useMemo(() => readFilters(params), [params])
  const before = params.get("before") ?? undefined

  const change = useCallback(
    (changes: Partial<Filters>, { replace = false } = {}) =>
      setParams(writeFilters({ ...filters, ...changes }), { replace }),
    [filters, setParams]
  )
  const goTo = (cursor: string | undefined, pages: string[]) => {
    const next = writeFilters(filters)
    if (cursor) next.set("before", cursor)
    setParams(next, { state: { earlier: pages } satisfies PageState })
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

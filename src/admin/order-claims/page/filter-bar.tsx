import { Button } from "@medusajs/ui"
import { useCallback } from "react"
import { DayField } from "./day-field"
import { type Filters, isEverything } from "./filters"
import { SearchField } from "./search-field"

interface FilterBarProps {
  filters: Filters
  change: (changes: Partial<Filters>, how?: { replace: boolean }) => void
  clear: () => void
}

/** The search and the filter by time. */
export const FilterBar = ({ filters, change, clear }: FilterBarProps) => {
  const { q, from, to, orderId } = filters
  // Back leads to the list before the search, not through every letter of it.
  const search = useCallback(
    (text: string) => {
      if (text !== q) change({ q: text }, { replace: q !== "" })
    },
    [q, change]
  )

  return (
    <div className="flex flex-wrap items-end gap-3">
      <SearchField value={q} onSearch={search} />
      <DayField
        label="Asked from"
        value={from}
        onChange={(day) => change({ from: day }, { replace: from !== "" })}
      />
      <DayField
        label="Asked until"
        value={to}
        onChange={(day) => change({ to: day }, { replace: to !== "" })}
      />
      {orderId && (
        <Button
          variant="secondary"
          size="small"
          onClick={() => change({ orderId: "" })}
        >
          Show all orders
        </Button>
      )}
      {!isEverything(filters) && (
        <Button variant="transparent" size="small" onClick={clear}>
          Clear filters
        </Button>
      )}
    </div>
  )
}

import { clx } from "@medusajs/ui"
import type { ClaimStatus } from "../../../claims/claim"
import type { ClaimCounts } from "../order-claim"
import { groupCount, isGroup, STATUS_GROUPS } from "./status-groups"

interface StatusTilesProps {
  /** The number of claims per status; undefined while it is loading. */
  counts: ClaimCounts | undefined
  chosen: ClaimStatus[]
  onChoose: (status: ClaimStatus[]) => void
}

/** The number of claims in the shop by status, at a glance; a click shows only these. */
export const StatusTiles = ({ counts, chosen, onChoose }: StatusTilesProps) => (
  <div
    role="group"
    aria-label="Filter by status"
    className="flex flex-wrap gap-2"
  >
    {STATUS_GROUPS.map((group) => {
      const isChosen = isGroup(group, chosen)
      return (
        <button
          key={group.label}
          type="button"
          aria-pressed={isChosen}
          onClick={() => onChoose(isChosen ? [] : [...group.status])}
          className={clx(
            "border-ui-border-base hover:bg-ui-bg-base-hover flex min-w-[88px] flex-col rounded-lg border px-3 py-2 text-left outline-none focus-visible:shadow-borders-focus",
            isChosen && "border-ui-border-interactive bg-ui-bg-base-pressed"
          )}
        >
          <span className="txt-compact-xsmall text-ui-fg-subtle">
            {group.label}
          </span>
          <span className="txt-compact-medium-plus text-ui-fg-base">
            {counts ? groupCount(group, counts) : "–"}
          </span>
        </button>
      )
    })}
  </div>
)

import { StatusBadge } from "@medusajs/ui"
import type { OrderClaim } from "./order-claim"
import { statusWords } from "./status"

/** The status of a claim, and a warning if somebody was not told about it. */
export const StatusBadges = ({ claim }: { claim: OrderClaim }) => {
  const { words, color } = statusWords(claim)

  return (
    <div className="flex flex-wrap gap-1">
      <StatusBadge color={color} className="whitespace-nowrap">
        {words}
      </StatusBadge>
      {claim.failed_notices.length > 0 && (
        <StatusBadge color="orange" className="whitespace-nowrap">
          Notice failed
        </StatusBadge>
      )}
    </div>
  )
}

import { Badge } from "@medusajs/ui"
import type { OrderClaim } from "./order-claim"
import { statusWords } from "./status"

/**
 * The status of a claim, and a warning if somebody was not told about it. (No
 * `StatusBadge`: the first releases of `@medusajs/admin` 7 have none.)
 */
export const StatusBadges = ({ claim }: { claim: OrderClaim }) => {
  const { words, color } = statusWords(claim)

  return (
    <div className="flex flex-wrap gap-1">
      <Badge size="small" color={color} className="whitespace-nowrap">
        {words}
      </Badge>
      {claim.failed_notices.length > 0 && (
        <Badge size="small" color="orange" className="whitespace-nowrap">
          Notice failed
        </Badge>
      )}
    </div>
  )
}

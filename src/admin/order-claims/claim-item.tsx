import type { WidgetProps } from "@medusajs/admin"
import { StatusBadge } from "@medusajs/ui"
import { ClaimActions } from "./claim-actions"
import { ClaimFacts } from "./claim-facts"
import type { OrderClaim } from "./order-claim"
import { statusWords } from "./status"

interface ClaimItemProps extends WidgetProps {
  claim: OrderClaim
}

/** A claim: its status, its buttons and its record. */
export const ClaimItem = ({ claim, notify }: ClaimItemProps) => {
  const { words, color } = statusWords(claim)

  return (
    <article className="flex flex-col gap-y-3">
      <header className="flex min-h-[28px] items-center justify-between">
        <StatusBadge color={color}>{words}</StatusBadge>
        <ClaimActions claim={claim} notify={notify} />
      </header>
      <ClaimFacts claim={claim} />
    </article>
  )
}

import type { WidgetProps } from "@medusajs/admin"
import { ClaimActions } from "./claim-actions"
import { ClaimFacts } from "./claim-facts"
import type { OrderClaim } from "./order-claim"
import { StatusBadges } from "./status-badges"

interface ClaimItemProps extends WidgetProps {
  claim: OrderClaim
}

/** A claim: its status, its buttons and its record. */
export const ClaimItem = ({ claim, notify }: ClaimItemProps) => (
  <article className="flex flex-col gap-y-3">
    <header className="flex min-h-[28px] items-center justify-between">
      <StatusBadges claim={claim} />
      <ClaimActions claim={claim} notify={notify} />
    </header>
    <ClaimFacts claim={claim} />
  </article>
)

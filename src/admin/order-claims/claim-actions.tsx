import type { WidgetProps } from "@medusajs/admin"
import { ActionButton } from "./action-button"
import { actionsFor } from "./actions"
import type { OrderClaim } from "./order-claim"

interface ClaimActionsProps extends WidgetProps {
  claim: OrderClaim
}

/** The buttons of a claim: what can be done to it in its status. */
export const ClaimActions = ({ claim, notify }: ClaimActionsProps) => (
  <div className="flex flex-wrap justify-end gap-2">
    {actionsFor(claim).map((action) => (
      <ActionButton
        key={action.button}
        claim={claim}
        action={action}
        notify={notify}
      />
    ))}
  </div>
)

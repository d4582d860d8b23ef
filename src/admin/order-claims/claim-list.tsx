import type { WidgetProps } from "@medusajs/admin"
import { Button } from "@medusajs/ui"
import { ClaimItem } from "./claim-item"
import type { OrderClaim } from "./order-claim"

interface ClaimListProps extends WidgetProps {
  claims: OrderClaim[]
  hasOlder: boolean
  isLoadingOlder: boolean
  loadOlder: () => void
}

/** The claims of an order, the newest first. */
export const ClaimList = ({
  claims,
  hasOlder,
  isLoadingOlder,
  loadOlder,
  notify,
}: ClaimListProps) => (
  <>
    <ul className="divide-ui-border-base flex flex-col divide-y">
      {claims.map((claim) => (
        <li key={claim.id} className="py-4 first:pt-0 last:pb-0">
          <ClaimItem claim={claim} notify={notify} />
        </li>
      ))}
    </ul>
    {hasOlder && (
      <Button
        variant="secondary"
        size="small"
        className="w-fit"
        isLoading={isLoadingOlder}
        onClick={loadOlder}
      >
        Show older claims
      </Button>
    )}
  </>
)

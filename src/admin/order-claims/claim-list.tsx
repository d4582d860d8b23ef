import type { WidgetProps } from "@medusajs/admin"
import { Text } from "@medusajs/ui"
import { ClaimItem } from "./claim-item"
import type { OrderClaimList } from "./order-claim"

interface ClaimListProps extends WidgetProps {
  orderId: string
  list: OrderClaimList
}

/** The claims of an order, the newest first. */
export const ClaimList = ({ orderId, list, notify }: ClaimListProps) => {
  const { order_claims, count } = list
  const older = count - order_claims.length

  return (
    <>
      <ul className="divide-ui-border-base flex flex-col divide-y">
        {order_claims.map((claim) => (
          <li key={claim.id} className="py-4 first:pt-0 last:pb-0">
            <ClaimItem claim={claim} orderId={orderId} notify={notify} />
          </li>
        ))}
      </ul>
      {older > 0 && (
        <Text size="small" className="text-ui-fg-subtle">
          {`${older} older not shown`}
        </Text>
      )}
    </>
  )
}

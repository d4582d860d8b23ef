import type { WidgetProps } from "@medusajs/admin"
import { StatusBadge } from "@medusajs/ui"
import { CancelButton } from "./cancel-button"
import { ClaimFacts } from "./claim-facts"
import type { OrderClaim } from "./order-claim"
import { ResendButton } from "./resend-button"
import { canBeCanceled, canBeResent, statusWords } from "./status"
import { useMailOf } from "./use-order-claims"

/** A claim of the order whose page this is. */
export interface ClaimProps extends WidgetProps {
  claim: OrderClaim
  orderId: string
}

/** A claim: what has become of it, what is known, what can be done. */
export const ClaimItem = ({ claim, orderId, notify }: ClaimProps) => {
  const { words, color } = statusWords(claim)
  const mail = useMailOf(claim.id, orderId)

  return (
    <article className="flex flex-col gap-y-3">
      <header className="flex min-h-[28px] items-center justify-between">
        <StatusBadge color={color}>{words}</StatusBadge>
        <div className="flex gap-x-2">
          {mail && canBeResent(claim) && (
            <ResendButton claim={claim} mailId={mail.id} notify={notify} />
          )}
          {canBeCanceled(claim) && (
            <CancelButton claim={claim} notify={notify} />
          )}
        </div>
      </header>
      <ClaimFacts claim={claim} />
    </article>
  )
}

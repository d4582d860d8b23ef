import type { WidgetProps } from "@medusajs/admin"
import { StatusBadge } from "@medusajs/ui"
import { CancelButton } from "./cancel-button"
import { ClaimFacts } from "./claim-facts"
import { GiveBackButton } from "./give-back-button"
import type { OrderClaim } from "./order-claim"
import { ResendButton } from "./resend-button"
import {
  canBeCanceled,
  canBeGivenBack,
  canBeResent,
  statusWords,
} from "./status"
import { useMailOf } from "./use-order-claims"

/** A claim on the page of one of its orders. */
export interface ClaimProps extends WidgetProps {
  claim: OrderClaim
  orderId: string
}

/** A claim: its status, its record and its buttons. */
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
          {canBeGivenBack(claim) && (
            <GiveBackButton claim={claim} notify={notify} />
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

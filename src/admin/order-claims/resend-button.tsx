import type { WidgetProps } from "@medusajs/admin"
import { Button } from "@medusajs/ui"
import { useQueryClient } from "@tanstack/react-query"
import { useAdminResendNotification } from "medusa-react"
import { errorSentence } from "./error-sentence"
import type { OrderClaim } from "./order-claim"
import { CLAIM_KEYS } from "./use-order-claims"

interface ResendButtonProps extends WidgetProps {
  claim: OrderClaim
  /** The notification of the claim's mail for this order. */
  mailId: string
}

/** Mails a fresh link to the address on the order; the timeline's own button can change it. */
export const ResendButton = ({ claim, mailId, notify }: ResendButtonProps) => {
  const queries = useQueryClient()
  const { mutate, isLoading } = useAdminResendNotification(mailId)

  const resend = () =>
    mutate(
      { to: claim.email },
      {
        onSuccess: () =>
          notify.success("Mail sent", `${claim.email} has a fresh link now.`),
        onError: (error) => notify.error("Not sent", errorSentence(error)),
        // A mail that failed is on record, too.
        onSettled: () =>
          void Promise.all(
            CLAIM_KEYS.map((key) => queries.invalidateQueries(key))
          ),
      }
    )

  return (
    <Button
      variant="secondary"
      size="small"
      isLoading={isLoading}
      onClick={resend}
    >
      Resend
    </Button>
  )
}

import type { WidgetProps } from "@medusajs/admin"
import { Button, usePrompt } from "@medusajs/ui"
import { useAdminCustomPost } from "medusa-react"
import { errorSentence } from "./error-sentence"
import type { OrderClaim } from "./order-claim"
import { CLAIM_KEYS } from "./use-order-claims"

interface CancelButtonProps extends WidgetProps {
  claim: OrderClaim
}

const CANCEL = {
  button: "Cancel",
  title: "Cancel this order claim?",
  description: "The link in the mail will stop working.",
  confirmText: "Cancel the claim",
  done: "Order claim canceled",
  meaning: "Its link does not work any more.",
}

const LIFT = {
  button: "Lift decline",
  title: "Lift this decline?",
  description: "The claimant may then ask for these orders again.",
  confirmText: "Lift the decline",
  done: "Decline lifted",
  meaning: "The claimant may ask for these orders again.",
}

/** For orders that were given back: they are blocked as after a decline. */
const UNBLOCK = {
  ...LIFT,
  button: "Lift block",
  title: "Lift this block?",
  confirmText: "Lift the block",
  done: "Block lifted",
}

const lifting: Partial<Record<OrderClaim["status"], typeof LIFT>> = {
  declined: LIFT,
  reverted: UNBLOCK,
}

/** Revokes a claim or lifts a block, after asking the admin. */
export const CancelButton = ({ claim, notify }: CancelButtonProps) => {
  const lift = lifting[claim.status]
  const { button, title, description, confirmText, done, meaning } =
    lift ?? CANCEL
  const ask = usePrompt()
  const { mutate, isLoading } = useAdminCustomPost(
    `/order-claims/${claim.id}/cancel`,
    CLAIM_KEYS
  )

  const cancel = async () => {
    const agreed = await ask({
      title,
      description,
      confirmText,
      cancelText: "Back",
      variant: lift ? "confirmation" : "danger",
    })
    if (!agreed) return
    mutate(
      {},
      {
        onSuccess: () => notify.success(done, meaning),
        onError: (error) => notify.error("Not canceled", errorSentence(error)),
      }
    )
  }

  return (
    <Button
      variant="secondary"
      size="small"
      isLoading={isLoading}
      onClick={() => void cancel()}
    >
      {button}
    </Button>
  )
}

import type { WidgetProps } from "@medusajs/admin"
import { Button, usePrompt } from "@medusajs/ui"
import { useAdminCustomPost } from "medusa-react"
import { errorSentence } from "./error-sentence"
import type { OrderClaim } from "./order-claim"
import { CLAIM_KEYS } from "./use-order-claims"

interface GiveBackButtonProps extends WidgetProps {
  claim: OrderClaim
}

/** Gives the orders of a confirmed claim back, after asking the admin. */
export const GiveBackButton = ({ claim, notify }: GiveBackButtonProps) => {
  const ask = usePrompt()
  const { mutate, isLoading } = useAdminCustomPost(
    `/order-claims/${claim.id}/revert`,
    CLAIM_KEYS
  )

  const giveBack = async () => {
    const agreed = await ask({
      title: "Give the orders back?",
      description: `The orders of this claim that still are in the claimant's account go back to ${claim.email}. Both sides get a mail, and the claimant cannot ask for them again.`,
      confirmText: "Give them back",
      cancelText: "Keep them there",
      variant: "danger",
    })
    if (!agreed) return
    mutate(
      {},
      {
        onSuccess: () =>
          notify.success("Given back", `They belong to ${claim.email} again.`),
        onError: (error) =>
          notify.error("Not given back", errorSentence(error)),
      }
    )
  }

  return (
    <Button
      variant="secondary"
      size="small"
      isLoading={isLoading}
      onClick={() => void giveBack()}
    >
      Give back
    </Button>
  )
}

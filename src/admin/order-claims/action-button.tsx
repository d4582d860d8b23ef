import type { WidgetProps } from "@medusajs/admin"
import { Button } from "@medusajs/ui"
import { useState } from "react"
import type { ClaimAction } from "./actions"
import { Dialog } from "./dialog"
import { errorSentence } from "./error-sentence"
import type { ClaimResponse, OrderClaim } from "./order-claim"
import { actionPath } from "./paths"
import { useClaimPost } from "./use-claim-post"

interface ActionButtonProps extends WidgetProps {
  claim: OrderClaim
  action: ClaimAction
}

/** The button of an action. It asks before anything happens. */
export const ActionButton = ({ claim, action, notify }: ActionButtonProps) => {
  const [isOpen, setOpen] = useState(false)
  const { button, description, done, failed, ...texts } = action
  const { mutate, isLoading } = useClaimPost<object, ClaimResponse>({
    path: actionPath(claim.id, action.path),
    onSuccess: ({ order_claim }) => notify.success(...done(order_claim)),
    onError: (error) => notify.error(failed, errorSentence(error)),
  })

  const act = () => {
    setOpen(false)
    mutate({})
  }

  return (
    <Dialog
      trigger={
        <Button
          variant="secondary"
          size="small"
          className="whitespace-nowrap"
          isLoading={isLoading}
        >
          {button}
        </Button>
      }
      isOpen={isOpen}
      setOpen={setOpen}
      title={texts.title}
      description={description(claim)}
      confirmText={texts.confirmText}
      cancelText={texts.cancelText}
      variant={texts.variant}
      onConfirm={act}
    />
  )
}

import type { WidgetProps } from "@medusajs/admin"
import { Button } from "@medusajs/ui"
import { useState } from "react"
import { askNotice } from "./ask-notice"
import { CustomerField } from "./customer-field"
import { Dialog } from "./dialog"
import { errorSentence } from "./error-sentence"
import type { ClaimResponse } from "./order-claim"
import { useClaimPost } from "./use-claim-post"

interface AskOwnerProps extends WidgetProps {
  order: { id: string; email: string }
}

interface AskBody {
  customer_id: string
  order_ids: string[]
}

/** Asks for a guest's order on a customer's behalf. */
export const AskOwner = ({ order, notify }: AskOwnerProps) => {
  const [isOpen, setOpen] = useState(false)
  const [customerId, setCustomerId] = useState("")
  const { mutate, isLoading, error, reset } = useClaimPost<
    AskBody,
    ClaimResponse
  >({
    onSuccess: ({ order_claim }) => {
      setOpen(false)
      const { kind, title, text } = askNotice(order_claim)
      notify[kind](title, text)
    },
  })

  const show = (open: boolean) => {
    setOpen(open)
    setCustomerId("")
    reset()
  }

  return (
    <Dialog
      trigger={
        <Button variant="secondary" size="small">
          Ask the owner
        </Button>
      }
      isOpen={isOpen}
      setOpen={show}
      title="Ask for this order on a customer's behalf"
      description={`${order.email} gets an email. The order moves to the customer's account only if its reader agrees. "Transfer ownership" above moves it immediately, without asking anybody.`}
      confirmText="Ask the owner"
      cancelText="Back"
      isReady={customerId !== ""}
      isBusy={isLoading}
      problem={error ? errorSentence(error) : undefined}
      onConfirm={() =>
        mutate({ customer_id: customerId, order_ids: [order.id] })
      }
    >
      <CustomerField chosen={customerId} onChoose={setCustomerId} />
    </Dialog>
  )
}

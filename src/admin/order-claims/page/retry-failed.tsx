import type { RouteProps } from "@medusajs/admin"
import { Button } from "@medusajs/ui"
import { useState } from "react"
import { Dialog } from "../dialog"
import { errorSentence } from "../error-sentence"
import type { RetryResult } from "../order-claim"
import { RETRY_PATH } from "../paths"
import { useClaimPost } from "../use-claim-post"
import { atMinute, inputTime } from "./input-time"
import { retryWords } from "./retry-words"
import { TimeField } from "./time-field"

const DAY_MS = 24 * 60 * 60 * 1000

interface RetryBody {
  failed_at: { gte?: string; lt?: string }
}

/** Mails again what failed in a chosen time, at first in the last 24 hours. */
export const RetryFailed = ({ notify }: RouteProps) => {
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const { mutate, isLoading, error, reset } = useClaimPost<
    RetryBody,
    RetryResult
  >(RETRY_PATH)

  const show = (open: boolean) => {
    setOpen(open)
    reset()
    setFrom(inputTime(new Date(Date.now() - DAY_MS)))
    setTo("")
  }
  const retry = () =>
    mutate(
      {
        failed_at: {
          gte: atMinute(from).toISOString(),
          // To the end of the minute that the reader chose.
          ...(to && { lt: atMinute(to, 1).toISOString() }),
        },
      },
      {
        onSuccess: (result) => {
          setOpen(false)
          notify.success(...retryWords(result))
        },
      }
    )

  return (
    <Dialog
      trigger={
        <Button variant="secondary" size="small">
          Mail the failed ones again
        </Button>
      }
      isOpen={isOpen}
      setOpen={show}
      title="Mail the failed ones again?"
      description="Links and notices whose mails failed in this time are mailed again, at most 1,000 at once. An address that has had enough mails for now gets none."
      confirmText="Mail them again"
      cancelText="Back"
      isReady={from !== ""}
      isBusy={isLoading}
      problem={error ? errorSentence(error) : undefined}
      onConfirm={retry}
    >
      <TimeField label="Failed from" value={from} onChange={setFrom} />
      <TimeField
        label="Failed until (empty: now)"
        value={to}
        onChange={setTo}
      />
    </Dialog>
  )
}

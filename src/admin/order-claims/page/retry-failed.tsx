import type { RouteProps } from "@medusajs/admin"
import { Button } from "@medusajs/ui"
import { useState } from "react"
import { Dialog } from "../dialog"
import { errorSentence } from "../error-sentence"
import type { RetryResult } from "../order-claim"
import { RETRY_PATH } from "../paths"
import { useClaimPost } from "../use-claim-post"
import { atMinute, inputTime, isTime } from "./input-time"
import { retryWords } from "./retry-words"
import { TimeField } from "./time-field"

const DAY_MS = 24 * 60 * 60 * 1000

interface RetryBody {
  failed_at: { gte?: string; lt?: string }
}

/** The reason why nothing was sent, or can be. */
function problemOf(isValid: boolean, error: Error | null) {
  if (!isValid) return "Enter a valid date and time."
  return error ? errorSentence(error) : undefined
}

/** Sends again the emails that failed in a chosen time, at first in the last 24 hours. */
export const RetryFailed = ({ notify }: RouteProps) => {
  const [isOpen, setOpen] = useState(false)
  const [from, setFrom] = useState("")
  const [to, setTo] = useState("")
  const { mutate, isLoading, error, reset } = useClaimPost<
    RetryBody,
    RetryResult
  >({
    path: RETRY_PATH,
    onSuccess: (result) => {
      setOpen(false)
      notify.success(...retryWords(result))
    },
  })

  const isValid = isTime(from) && (to === "" || isTime(to))

  const show = (open: boolean) => {
    setOpen(open)
    reset()
    setFrom(inputTime(new Date(Date.now() - DAY_MS)))
    setTo("")
  }
  const retry = () =>
    mutate({
      failed_at: {
        gte: atMinute(from).toISOString(),
        // To the end of the minute that the reader chose.
        ...(to && { lt: atMinute(to, 1).toISOString() }),
      },
    })

  return (
    <Dialog
      trigger={
        <Button variant="secondary" size="small">
          Retry failed emails
        </Button>
      }
      isOpen={isOpen}
      setOpen={show}
      title="Retry failed emails?"
      description="Emails that failed in this period are sent again, up to 1,000 at once. Addresses that have reached their limit are skipped."
      confirmText="Retry"
      cancelText="Back"
      isReady={isValid}
      isBusy={isLoading}
      problem={problemOf(isValid, error)}
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

import { Button, Text } from "@medusajs/ui"
import { plural } from "../count"

interface FailedNoticesProps {
  count: number
  /** True if the table shows only these. */
  isShown: boolean
  show: (isShown: boolean) => void
}

/** Warns of emails about a confirmation or a revert that could not be sent. */
export const FailedNotices = ({ count, isShown, show }: FailedNoticesProps) => {
  if (count === 0 && !isShown) return null
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Text size="small" className="text-ui-fg-subtle">
        {`A notice about the outcome could not be emailed for ${plural(count, "claim")}. "Retry failed emails" includes these.`}
      </Text>
      <Button variant="secondary" size="small" onClick={() => show(!isShown)}>
        {isShown ? "Show all claims" : "Show them"}
      </Button>
    </div>
  )
}

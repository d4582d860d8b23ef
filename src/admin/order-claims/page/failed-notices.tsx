import { Text } from "@medusajs/ui"
import { plural } from "../count"

/** Warns of emails about a confirmation or a revert that could not be sent. */
export const FailedNotices = ({ count }: { count: number }) => {
  if (count === 0) return null
  return (
    <Text size="small" className="text-ui-fg-subtle">
      {`A notice about the outcome could not be emailed for ${plural(count, "claim")}. "Retry failed emails" includes these.`}
    </Text>
  )
}

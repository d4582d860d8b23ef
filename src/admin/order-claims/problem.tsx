import { Button, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

interface ProblemProps {
  children: ReactNode
  /** Tries again what did not work. */
  onRetry?: () => void
}

/** An error message, in place of the content. */
export const Problem = ({ children, onRetry }: ProblemProps) => (
  <div role="alert" className="flex items-center justify-between gap-x-4">
    <Text size="small" className="text-ui-fg-error min-w-0 break-words">
      {children}
    </Text>
    {onRetry && (
      <Button
        variant="secondary"
        size="small"
        className="shrink-0"
        onClick={onRetry}
      >
        Try again
      </Button>
    )}
  </div>
)

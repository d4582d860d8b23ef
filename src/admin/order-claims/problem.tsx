import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

/** An error message, in place of the content. */
export const Problem = ({ children }: { children: ReactNode }) => (
  <Text size="small" role="alert" className="text-ui-fg-error">
    {children}
  </Text>
)

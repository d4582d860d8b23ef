import { Text } from "@medusajs/ui"
import type { ReactNode } from "react"

/** What went wrong, in the place of what should be there. */
export const Problem = ({ children }: { children: ReactNode }) => (
  <Text size="small" role="alert" className="text-ui-fg-error">
    {children}
  </Text>
)

import type { ReactNode } from "react"

interface FactProps {
  name: string
  children: ReactNode
}

/** A line of a claim's record. */
export const Fact = ({ name, children }: FactProps) => (
  <>
    <dt className="text-ui-fg-subtle">{name}</dt>
    <dd className="text-ui-fg-base min-w-0 break-words">{children}</dd>
  </>
)

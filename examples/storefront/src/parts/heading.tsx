import { useEffect, useRef, type ReactNode } from "react"

interface Props {
  children: string
  /** True if it replaces the element that the reader was using: then it takes the focus. */
  isNews?: boolean
  /** The text below it, in smaller letters. */
  lead?: ReactNode
}

/** A page's title, in the page and in the browser's tab. */
export function Heading({ children, isNews = false, lead }: Props) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${children} – Hill & Valley`
  }, [children])
  useEffect(() => {
    // The button that was clicked is gone: without this, the focus would be lost.
    if (isNews) heading.current?.focus()
  }, [isNews])
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {children}
      </h1>
      {lead && <p className="lead">{lead}</p>}
    </>
  )
}

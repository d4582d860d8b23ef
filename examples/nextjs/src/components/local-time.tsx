"use client"

import { useEffect, useState } from "react"

/** Shows a moment in the reader's language and zone, which no server knows. */
export function LocalTime({ at }: { at: string }) {
  const [text, setText] = useState("")
  useEffect(() => {
    const style = { dateStyle: "medium", timeStyle: "short" } as const
    setText(new Date(at).toLocaleString(undefined, style))
  }, [at])
  return <time dateTime={at}>{text}</time>
}

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

const MINUTE = 60_000
const UNITS = [
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
] as const

/** Shows the time that is left, in English as the page is: "24 hours". */
export function TimeLeft({ until }: { until: string }) {
  const [text, setText] = useState("")
  useEffect(() => {
    // rounded up to a minute: a link of 24 hours that was just emailed has as many left
    const left = new Date(until).getTime() - Date.now()
    const ms = Math.ceil(left / MINUTE) * MINUTE
    const [unit, size] = UNITS.find(([, size]) => ms >= 2 * size) ?? UNITS[2]
    const style = { style: "unit", unit, unitDisplay: "long" } as const
    const count = Math.max(1, Math.floor(ms / size))
    setText(new Intl.NumberFormat("en", style).format(count))
  }, [until])
  return <>{text}</>
}

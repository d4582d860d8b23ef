import { useEffect, useState } from "react"
import { isDay } from "./filters"
import { TimeField } from "./time-field"

interface DayFieldProps {
  label: string
  value: string
  onChange: (day: string) => void
}

/** A day. While its year is being typed, it is that of another day, which nobody means. */
export const DayField = ({ label, value, onChange }: DayFieldProps) => {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])

  return (
    <TimeField
      type="date"
      label={label}
      value={text}
      onChange={(typed) => {
        setText(typed)
        if (typed === "" || isDay(typed)) onChange(typed)
      }}
      onBlur={() => setText(value)}
    />
  )
}

import { Input, Label } from "@medusajs/ui"
import { useId } from "react"
import { DAYS } from "./input-time"

interface TimeFieldProps {
  label: string
  type?: "date" | "datetime-local"
  value: string
  onChange: (text: string) => void
  onBlur?: () => void
}

/** The bounds also keep browsers from taking more than four digits for a year. */
const BOUNDS = {
  date: { min: DAYS.first, max: DAYS.last },
  "datetime-local": { min: `${DAYS.first}T00:00`, max: `${DAYS.last}T23:59` },
}

/** A day, or a day and an hour, in the form that the reader's browser has for it. */
export const TimeField = ({
  label,
  type = "datetime-local",
  value,
  onChange,
  onBlur,
}: TimeFieldProps) => {
  const id = useId()
  return (
    <div className="flex flex-col gap-y-1">
      <Label htmlFor={id} size="xsmall">
        {label}
      </Label>
      <Input
        id={id}
        type={type}
        size="small"
        {...BOUNDS[type]}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        onBlur={onBlur}
      />
    </div>
  )
}

import { Input, Label } from "@medusajs/ui"
import { useId } from "react"

interface TimeFieldProps {
  label: string
  type?: "date" | "datetime-local"
  value: string
  onChange: (text: string) => void
}

/** Keeps browsers from taking more than four digits for a year. */
const LATEST = { date: "9999-12-31", "datetime-local": "9999-12-31T23:59" }

/** A day, or a day and an hour, in the form that the reader's browser has for it. */
export const TimeField = ({
  label,
  type = "datetime-local",
  value,
  onChange,
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
        max={LATEST[type]}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}

import { Input, Label } from "@medusajs/ui"
import { useId } from "react"

interface TimeFieldProps {
  label: string
  type?: "date" | "datetime-local"
  value: string
  onChange: (text: string) => void
}

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
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  )
}

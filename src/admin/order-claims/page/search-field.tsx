import { Input, Label } from "@medusajs/ui"
import { useEffect, useState } from "react"

const PAUSE_MS = 300

interface SearchFieldProps {
  value: string
  onSearch: (text: string) => void
}

/** Searches once the reader pauses, or presses Enter. */
export const SearchField = ({ value, onSearch }: SearchFieldProps) => {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  useEffect(() => {
    if (text === value) return
    const timer = setTimeout(() => onSearch(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, value, onSearch])

  return (
    <form
      role="search"
      className="flex min-w-[240px] flex-1 flex-col gap-y-1"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(text)
      }}
    >
      <Label htmlFor="order-claims-q" size="xsmall">
        Search
      </Label>
      <Input
        id="order-claims-q"
        type="text"
        size="small"
        autoComplete="off"
        placeholder="Recipient's address or order number"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </form>
  )
}

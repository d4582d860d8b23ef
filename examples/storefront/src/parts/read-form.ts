import type { FormEvent } from "react"

/** Reads the fields of a submitted form, by name, and prevents loading a page. */
export function readForm(event: FormEvent<HTMLFormElement>) {
  event.preventDefault()
  const fields = new FormData(event.currentTarget)
  return (name: string): string => {
    const value = fields.get(name)
    return typeof value === "string" ? value.trim() : ""
  }
}

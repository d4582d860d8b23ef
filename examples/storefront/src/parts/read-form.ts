import type { FormEvent } from "react"

/** The fields of a form that was sent, by name, instead of loading a page. */
export function readForm(event: FormEvent<HTMLFormElement>) {
  event.preventDefault()
  const fields = new FormData(event.currentTarget)
  return (name: string): string => {
    const value = fields.get(name)
    return typeof value === "string" ? value.trim() : ""
  }
}

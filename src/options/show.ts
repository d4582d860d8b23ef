import { inspect } from "util"
import { hideSecrets } from "../values/redact"

const MAX_LENGTH = 100

/** A value as a message shows it: short, and on one line. */
export function show(value: unknown): string {
  if (value === undefined || typeof value === "function") return typeName(value)
  const text = hideSecrets(print(value))
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text
}

function print(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value)
  } catch {
    return inspect(value, { depth: 1, breakLength: Infinity })
  }
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array"
  return value instanceof Promise ? "promise" : typeof value
}

/** Names the type of a value, without showing it: `"an array"`. */
export function typeName(value: unknown): string {
  if (value === undefined) return "nothing"
  if (value === null) return "null"
  const type = typeOf(value)
  return `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`
}

import { domainToASCII } from "url"

/** An address that {@link parseEmailAddress} has accepted. */
export type EmailAddress = string & { readonly brand: "EmailAddress" }

// RFC 5321, section 4.5.3.1
const MAX_LENGTH = 254
const MAX_LOCAL_LENGTH = 64
const MAX_LABEL_LENGTH = 63

// Refuses characters that could start a second recipient, a display name, a comment
// or a new header, and so quoted local parts, too. Accepts other alphabets.
const LOCAL_PART = /^[^\s\p{C}"(),:;<>@[\\\]]+$/u
// As they stand in a text: the part before the "@", which a URL has as "%40", or a quoted
// one. Looking behind keeps it from starting again at every letter of a long word.
const LOCAL_PARTS =
  /(?:"[^"]*"|(?<![^\s\p{C}"(),:;<>@[\\\]])[^\s\p{C}"(),:;<>@[\\\]]+)(?=@|%40)/gu
// The login of a URL that redact.ts has hidden: "smtp://***@host" stays as it is.
const HIDDEN_LOGIN = "//***"
// Checked before Node's URL parser, which would remove a path and decode "%".
const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u
const LABEL = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i

/**
 * Accepts exactly one plain address (`ann@example.com`): no display name, no quotes,
 * no list, no white space, no control characters.
 *
 * @returns the address as given, or `undefined` for anything else
 */
export function parseEmailAddress(value: unknown): EmailAddress | undefined {
  if (typeof value !== "string" || value.length > MAX_LENGTH) return undefined

  const at = value.lastIndexOf("@")
  const local = value.slice(0, at)
  const domain = value.slice(at + 1)
  if (at < 1 || local.length > MAX_LOCAL_LENGTH) return undefined
  if (!LOCAL_PART.test(local) || !DOMAIN.test(domain)) return undefined

  const labels = domainToASCII(domain).split(".")
  const valid = labels.every(
    (label) => LABEL.test(label) && label.length <= MAX_LABEL_LENGTH
  )
  return valid ? (value as EmailAddress) : undefined
}

/** True if two addresses are the same to Medusa, which compares them in lower case. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

/**
 * Masks an address for logs and for emails to other people: `a***@example.com`. The
 * result is always one line.
 */
export function maskAddress(address: string): string {
  const printable = address.replace(/[\p{C}\p{Z}]+/gu, "")
  const at = printable.lastIndexOf("@")
  if (at < 1) return "***"
  const [first = ""] = printable
  return `${first}***${printable.slice(at)}`
}

/**
 * Masks every address in a text for logs, in the form of {@link maskAddress}. Rather masks
 * too much: whatever stands before an "@" may be an address in somebody's mail server.
 */
export function maskAddresses(text: string): string {
  return text.replace(LOCAL_PARTS, (local) =>
    local === HIDDEN_LOGIN ? local : `${[...local][0] ?? ""}***`
  )
}

const MAX_LENGTH = 300
const JWT = /[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g

/**
 * A mail server's words, as they may be recorded: one line, bounded, and
 * without the token in case the server quotes the mail.
 */
export function recordable(words: unknown): string {
  const line = String(words)
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(JWT, "[token]")
    .trim()
  const characters = [...line]
  return characters.length > MAX_LENGTH
    ? `${characters.slice(0, MAX_LENGTH).join("")}…`
    : line
}

import { inspect } from "util"

const MAX_LENGTH = 300
const MAX_STACK_LENGTH = 5000
const MAX_CAUSES = 5
/** A huge text costs no more than a long one. */
const READ = 20_000
// Looking behind keeps it from starting again at every letter of a long word.
const JWT = /(?<![\w-])[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g
// Where a mail's lines end, a token is broken into pieces.
const PIECE = /[\w.-]{4,}/g
// A URL may carry a login: smtp://user:password@host.
const CREDENTIALS = /:\/\/\S*@/g

/**
 * Text of a mail server or an error as it may be recorded: one line, bounded,
 * and without a token, in case the server quotes the mail, in whole or in pieces.
 *
 * @param secret - the token of that mail
 */
export function redact(text: unknown, secret = ""): string {
  const line = String(text)
    .slice(0, READ)
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(JWT, "[token]")
    .trim()
  return bounded(withoutPieces(line, secret), MAX_LENGTH)
}

/**
 * An error as a log may show it: its stack and those of its causes, bounded, and
 * without a token or a password in a URL.
 */
export function describeError(error: unknown): string {
  const stacks: string[] = []
  let cause = error
  do {
    const { stack, cause: next } = Object(cause) as {
      stack?: string
      cause?: unknown
    }
    stacks.push(stack ?? (typeof cause === "string" ? cause : inspect(cause)))
    cause = next
  } while (cause !== undefined && stacks.length < MAX_CAUSES)
  const text = stacks.join("\ncaused by: ").slice(0, READ)
  return bounded(hideSecrets(text), MAX_STACK_LENGTH)
}

/** Text without tokens, and without logins in URLs. */
export function hideSecrets(text: string): string {
  return text.replace(JWT, "[token]").replace(CREDENTIALS, "://***@")
}

function bounded(text: string, max: number): string {
  const characters = [...text]
  return characters.length > max
    ? `${characters.slice(0, max).join("")}…`
    : text
}

function withoutPieces(line: string, secret: string): string {
  if (!secret) return line
  // As it leaves, a mail is quoted-printable: "=" is written "=3D".
  return line
    .replace(/=3D/gi, "=")
    .replace(PIECE, (piece) => (secret.includes(piece) ? "[token]" : piece))
}

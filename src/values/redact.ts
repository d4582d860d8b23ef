import { inspect } from "util"
import { maskAddresses } from "./email-address"

const MAX_LENGTH = 300
const MAX_STACK_LENGTH = 5000
const MAX_CAUSES = 5
/** A huge text costs no more than a long one. */
const READ = 20_000
// Looking behind keeps it from starting again at every letter of a long word.
const JWT = /(?<![\w-])[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g
// Line breaks in a mail split a token into pieces.
const PIECE = /[\w.-]{4,}/g
// A line of a stack. The paths of packages have an "@", too.
const FRAME = /^\s+at .*:\d+:\d+\)?$/

/**
 * Makes the text of a mail server or an error safe to record: one line, of limited
 * length, without a token or a login in a URL. The server may quote the mail, in whole or
 * in pieces.
 *
 * @param secret - the token of that mail
 */
export function redact(text: unknown, secret = ""): string {
  const line = String(text)
    .slice(0, READ)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
  return bounded(withoutPieces(hideSecrets(line), secret), MAX_LENGTH)
}

/** {@link redact}s a text for the log, where addresses are masked, too. */
export function redactForLog(text: unknown): string {
  return maskAddresses(redact(text))
}

/**
 * Formats an error for the log: its stack and those of its causes, of limited length,
 * with masked addresses, and without a token or a password in a URL.
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
  const masked = text
    .split("\n")
    .map((line) => (FRAME.test(line) ? line : maskAddresses(line)))
    .join("\n")
  return bounded(hideSecrets(masked), MAX_STACK_LENGTH)
}

/** Text without tokens, and without logins in URLs. */
export function hideSecrets(text: string): string {
  return text.replace(JWT, "[token]").replace(/\S+/g, hideLogin)
}

/** Hides the login of a URL: `smtp://user:password@host`. The password may have any letter. */
function hideLogin(word: string): string {
  const start = word.indexOf("://") + 3
  const at = word.lastIndexOf("@")
  return start < 3 || at < start
    ? word
    : `${word.slice(0, start)}***${word.slice(at)}`
}

function bounded(text: string, max: number): string {
  const characters = [...text]
  return characters.length > max
    ? `${characters.slice(0, max).join("")}…`
    : text
}

function withoutPieces(line: string, secret: string): string {
  if (!secret) return line
  // Mails are sent as quoted-printable, in which "=" is "=3D".
  return line
    .replace(/=3D/gi, "=")
    .replace(PIECE, (piece) => (secret.includes(piece) ? "[token]" : piece))
}

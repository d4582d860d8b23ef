const MAX_LENGTH = 300
const JWT = /[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/g
// What a token is broken into where a mail's lines end.
const PIECE = /[\w.-]{4,}/g

/**
 * A mail server's words, as they may be recorded: one line, bounded, and without
 * the token in case the server quotes the mail, in whole or in pieces.
 *
 * @param secret - the token of that mail
 */
export function recordable(words: unknown, secret = ""): string {
  const line = String(words)
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(JWT, "[token]")
    .trim()
  const characters = [...withoutPieces(line, secret)]
  return characters.length > MAX_LENGTH
    ? `${characters.slice(0, MAX_LENGTH).join("")}…`
    : characters.join("")
}

function withoutPieces(line: string, secret: string): string {
  if (!secret) return line
  // As it leaves, a mail is quoted-printable: "=" is written "=3D".
  return line
    .replace(/=3D/gi, "=")
    .replace(PIECE, (piece) => (secret.includes(piece) ? "[token]" : piece))
}

import { hasTooLongLine } from "../values/mail-line"

// Not the control characters up to U+009F: HTML reads their numbers as others.
const BEYOND_ASCII = /[^\0-\x9f]/gu

// Base64 makes four bytes of three.
const BASE64_GROWTH = 4 / 3

/**
 * Writes other characters than ASCII as references (`&#252;`). Then a mail needs no
 * transfer encoding, which costs bytes and time. HTML that would be longer than in
 * base64 stays as it is: a long list of Japanese titles, say.
 *
 * @param html - has other characters in text and attributes only: scripts and styles
 *   know no references
 */
export function asciiHtml(html: string): string {
  const ascii = html.replace(
    BEYOND_ASCII,
    (character) => `&#${character.codePointAt(0)};`
  )
  if (ascii.length === html.length) return html

  const isShort = ascii.length < Buffer.byteLength(html) * BASE64_GROWTH
  return isShort && !hasTooLongLine(ascii) ? ascii : html
}

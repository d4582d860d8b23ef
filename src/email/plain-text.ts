import { isVisible } from "../values/visible"

// C: control, format (bidirectional overrides among them), surrogate, private.
// Z: every kind of space and line break. Joiners that scripts and emoji need stay.
const UNPRINTABLE = /(?![\u200c\u200d])[\p{C}\p{Z}]+/gu

/** The most characters that are read, so that a huge value costs no more than a long one. */
const READ = 10_000

/**
 * Makes text that a customer or a catalogue wrote one line of limited length, without
 * control or bidirectional characters. Templates escape its markup.
 *
 * @param max - the most characters to keep; a longer text is cut and ends with "…"
 * @returns "" if nothing of it can be seen
 */
export function plainText(value: unknown, max: number): string {
  if (typeof value !== "string") return ""
  const line = value.slice(0, READ).replace(UNPRINTABLE, " ").trim()
  if (!isVisible(line)) return ""

  const characters = [...line]
  if (characters.length <= max && value.length <= READ) return line
  const kept = characters.slice(0, max - 1).join("")
  return `${kept.trimEnd()}…`
}

// Mail programs turn text that looks like a link into one, with a scheme or without:
// "//host.x" is enough for some. DOT has all dots that browsers accept in a host name.
const SLASHES = /[/\\]{2,}|(?<=:)[/\\]/g
const DOT = /[.\u3002\uff0e\uff61](?=[\p{L}\p{N}-]{2})/gu
const AT = /[@\uff20\ufe6b](?=\S)/gu

/** Takes a stranger's text apart, so that no mail program turns it into a link. */
export function withoutLinks(text: string): string {
  return text
    .replace(SLASHES, " ")
    .replace(/ {2,}/g, " ")
    .replace(DOT, "$& ")
    .replace(AT, "$& ")
    .trim()
}

// C: control, format (bidirectional overrides among them), surrogate, private.
// Z: every kind of space and line break. Joiners that scripts and emoji need stay.
const UNPRINTABLE = /(?![\u200c\u200d])[\p{C}\p{Z}]+/gu

const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u

/** A huge value costs no more than a long one. */
const READ = 10_000

/**
 * Text that a customer or a catalogue wrote, as one bounded line: no control
 * or bidirectional characters, no line breaks. Markup is the template's matter.
 *
 * @param max - the most characters to keep; a longer text ends with "…"
 * @returns "" if nothing of it can be seen
 */
export function plainText(value: unknown, max: number): string {
  if (typeof value !== "string") return ""
  const line = value.slice(0, READ).replace(UNPRINTABLE, " ").trim()
  if (!VISIBLE.test(line)) return ""

  const characters = [...line]
  if (characters.length <= max && value.length <= READ) return line
  const kept = characters.slice(0, max - 1).join("")
  return `${kept.trimEnd()}…`
}

// Mail programs make a link of whatever looks like one. The dots are those that
// browsers take for one in a host name.
const SCHEME = /:[/\\]+/g
const DOT = /[.\u3002\uff0e\uff61](?=[\p{L}\p{N}-]{2})/gu
const AT = /[@\uff20\ufe6b](?=\S)/gu

/** Text that a stranger wrote, so that no mail program makes a link of it. */
export function withoutLinks(text: string): string {
  return text.replace(SCHEME, ": ").replace(DOT, "$& ").replace(AT, "$& ")
}

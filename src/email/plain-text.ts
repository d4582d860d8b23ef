// C: control, format (bidirectional overrides among them), surrogate, private.
// Z: every kind of space and line break. Joiners that scripts and emoji need stay.
const UNPRINTABLE = /(?![\u200c\u200d])[\p{C}\p{Z}]+/gu

/**
 * Text that a customer or a catalogue wrote, as one bounded line: no control
 * or bidirectional characters, no line breaks. Markup is the template's matter.
 *
 * @param max - the most characters to keep; a longer text ends with "…"
 */
export function plainText(value: unknown, max: number): string {
  if (typeof value !== "string") return ""
  // A huge value costs no more than a long one.
  const line = value
    .slice(0, max * 8)
    .replace(UNPRINTABLE, " ")
    .trim()
  const characters = [...line]
  return characters.length > max
    ? `${characters
        .slice(0, max - 1)
        .join("")
        .trimEnd()}…`
    : line
}

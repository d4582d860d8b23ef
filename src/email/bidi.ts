import { directionOf } from "../texts/locale"

// U+2068 and U+2069 (Unicode, UAX #9). A mail's text part knows no other way.
const FIRST_STRONG_ISOLATE = "\u2068"
const POP_ISOLATE = "\u2069"

const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u

/**
 * Isolates a name or an address inside a sentence, if one of them is written from right
 * to left: else punctuation beside it would move to its other side.
 */
export function isolated(text: string, locale: string): string {
  const isNeeded = directionOf(locale) === "rtl" || RIGHT_TO_LEFT.test(text)
  return text && isNeeded
    ? `${FIRST_STRONG_ISOLATE}${text}${POP_ISOLATE}`
    : text
}

import { LANGUAGES, parseLocale } from "../texts/locale"

/**
 * What `--locale` asks for.
 *
 * @throws naming the languages there are
 */
export function chosenLocale(tag: string): string {
  const locale = parseLocale(tag)
  if (locale) return locale
  throw new Error(
    `--locale ${tag}: expected a language such as de or de-AT; there are ${LANGUAGES.join(", ")}`
  )
}

import { LANGUAGES, parseLocale } from "../texts/locale"

/**
 * Parses the option `--locale`.
 *
 * @throws naming the languages to choose from
 */
export function chosenLocale(tag: string): string {
  const locale = parseLocale(tag)
  if (locale) return locale
  throw new Error(
    `--locale ${tag}: expected a language such as de or de-AT, one of ${LANGUAGES.join(", ")}`
  )
}

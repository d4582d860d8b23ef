import { Kept } from "../values/kept"

/** The languages of the emails, by the names of their files. */
export const LANGUAGES = [
  ...["ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga"],
  ...["he", "hr", "hu", "it", "ja", "ko", "lt", "lv", "mt", "nb", "nl", "pl"],
  ...["pt", "pt-BR", "ro", "sk", "sl", "sv", "tr", "uk", "zh-Hans", "zh-Hant"],
] as const

export type Language = (typeof LANGUAGES)[number]

const RIGHT_TO_LEFT = ["ar", "he"]

/** Both written forms of Norwegian use the same file. */
const ALIASES: Record<string, string> = { no: "nb", nn: "nb" }

/** A longer tag is no locale, but an attempt to fill the caches. */
const MAX_LENGTH = 35

/**
 * Reduces a BCP 47 tag to language and region: `de_AT` → `de-AT`. Chinese keeps its
 * script.
 *
 * @returns `undefined` for an invalid tag, or a language not in {@link LANGUAGES}
 */
export function parseLocale(value: unknown): string | undefined {
  const locale = intlLocale(value)
  if (!locale) return undefined

  const { language, script, region } = locale
  const isChinese = language === "zh"
  const tag = [language, isChinese && script, region].filter(Boolean).join("-")
  return languageOf(tag) && tag
}

/**
 * Finds the locale that most people of a country read, from Unicode's CLDR:
 * `at` → `de-AT`.
 *
 * @param country - ISO 3166-1, two letters
 */
export function localeOfCountry(country: unknown): string | undefined {
  if (typeof country !== "string" || !/^[a-z]{2}$/i.test(country)) return
  const likely = intlLocale(`und-${country}`)?.maximize()
  // CLDR's unknown region, ZZ, would become en-US.
  const isKnown = likely?.region === country.toUpperCase()
  return isKnown
    ? parseLocale(`${likely.language}-${likely.region}`)
    : undefined
}

/** Kept, because every mail asks several times, and CLDR takes its time. */
const languages = new Kept<Language | undefined>()

/** Finds the language whose texts a locale uses: `pt-BR`, `zh-Hant`, or just `de`. */
export function languageOf(tag: string): Language | undefined {
  return languages.get(tag, () => findLanguage(tag))
}

function findLanguage(tag: string): Language | undefined {
  const locale = intlLocale(tag)
  if (!locale) return undefined

  const { language, script } = locale.maximize()
  const known = ALIASES[language] ?? language
  // The region as given, not the likeliest: CLDR takes "pt" for Brazilian.
  return [`${known}-${locale.region ?? ""}`, `${known}-${script ?? ""}`, known]
    .map((name) => LANGUAGES.find((file) => file === name))
    .find((file) => file !== undefined)
}

/** Lists the locales to search for a text: `de-AT` → `["de-AT", "de", "en"]`. */
export function fallbackChain(locale: string): string[] {
  return [...new Set([locale, languageOf(locale) ?? "en", "en"])]
}

export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.includes(languageOf(locale) ?? "") ? "rtl" : "ltr"
}

function intlLocale(value: unknown): Intl.Locale | undefined {
  if (typeof value !== "string" || value.length > MAX_LENGTH) return undefined
  try {
    return new Intl.Locale(value.replace(/_/g, "-"))
  } catch {
    return undefined
  }
}

import { Kept } from "../values/kept"
import { languageOf } from "./locale"
import { Unit, UNIT_WORDS } from "./unit-words"

/** Dates are in UTC, because the reader's time zone is not known. */
const UTC = {
  timeZone: "UTC",
  calendar: "gregory",
  numberingSystem: "latn",
} as const

type Format = Intl.DateTimeFormat | Intl.NumberFormat | Intl.PluralRules

// Making a formatter takes longer than using it.
const formatters = new Kept<Format>()

function cached<F extends Format>(name: string, make: () => F): F {
  return formatters.get(name, make) as F
}

/** `November 21, 2026`, in UTC. */
export function formatDay(date: Date, locale: string): string {
  const format = cached(
    `date ${locale}`,
    () => new Intl.DateTimeFormat(locale, { ...UTC, dateStyle: "long" })
  )
  return format.format(date)
}

/** `14:32`, in UTC. */
export function formatTime(date: Date, locale: string): string {
  const format = cached(
    `time ${locale}`,
    () =>
      new Intl.DateTimeFormat(locale, {
        ...UTC,
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      })
  )
  return format.format(date)
}

const MINUTE = 60_000
const UNITS = [
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
] as const

/** `15 minutes`: in the largest unit that fits twice, rounded down. */
export function formatDuration(ms: number, locale: string): string {
  const [unit, size] =
    UNITS.find(([, size]) => ms >= 2 * size) ?? UNITS[UNITS.length - 1]!
  const count = Math.max(1, Math.floor(ms / size))
  return inOwnWords(count, unit, locale) ?? inWords(count, unit, locale)
}

/** Writes a duration in the words of {@link UNIT_WORDS}, if the language has some. */
function inOwnWords(count: number, unit: Unit, locale: string) {
  const language = languageOf(locale)
  const forms = language && UNIT_WORDS[language]?.[unit]
  if (!forms) return undefined
  const rules = cached(
    `plural ${language}`,
    () => new Intl.PluralRules(language)
  )
  return (forms[rules.select(count)] ?? forms.other).replace("#", `${count}`)
}

function inWords(count: number, unit: Unit, locale: string): string {
  const format = cached(
    `${unit} ${locale}`,
    () =>
      new Intl.NumberFormat(locale, {
        style: "unit",
        unit,
        unitDisplay: "long",
        numberingSystem: "latn",
      })
  )
  return format.format(count)
}

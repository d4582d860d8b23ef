import { Kept } from "../values/kept"

/** Dates are in UTC, because the reader's time zone is not known. */
const UTC = {
  timeZone: "UTC",
  calendar: "gregory",
  numberingSystem: "latn",
} as const

type Format = Intl.DateTimeFormat | Intl.NumberFormat

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
  return format.format(Math.max(1, Math.floor(ms / size)))
}

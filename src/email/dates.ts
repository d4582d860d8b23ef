const LOCALE = "en"

// Making a formatter takes longer than all of its work: each is made once.
const formatters = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>()

function once<Format extends Intl.DateTimeFormat | Intl.NumberFormat>(
  name: string,
  make: () => Format
): Format {
  const format = (formatters.get(name) as Format | undefined) ?? make()
  formatters.set(name, format)
  return format
}

/** `November 21, 2026`, in UTC: the reader's time zone is not known. */
export function formatDay(date: Date): string {
  const format = once(
    "date",
    () =>
      new Intl.DateTimeFormat(LOCALE, { dateStyle: "long", timeZone: "UTC" })
  )
  return format.format(date)
}

/** `November 21, 2026 at 14:32 UTC`. */
export function formatMoment(date: Date): string {
  const format = once(
    "moment",
    () =>
      new Intl.DateTimeFormat(LOCALE, {
        year: "numeric",
        month: "long",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
        timeZone: "UTC",
        timeZoneName: "short",
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
export function formatDuration(ms: number): string {
  const [unit, size] =
    UNITS.find(([, size]) => ms >= 2 * size) ?? UNITS[UNITS.length - 1]!
  const format = once(
    unit,
    () =>
      new Intl.NumberFormat(LOCALE, {
        style: "unit",
        unit,
        unitDisplay: "long",
      })
  )
  return format.format(Math.max(1, Math.floor(ms / size)))
}

const LOCALE = "en"

/** `November 21, 2026`, in UTC: the reader's time zone is not known. */
export function formatDay(date: Date): string {
  return new Intl.DateTimeFormat(LOCALE, {
    dateStyle: "long",
    timeZone: "UTC",
  }).format(date)
}

/** `November 21, 2026 at 14:32 UTC`. */
export function formatMoment(date: Date): string {
  return new Intl.DateTimeFormat(LOCALE, {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
    timeZoneName: "short",
  }).format(date)
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
  return new Intl.NumberFormat(LOCALE, {
    style: "unit",
    unit,
    unitDisplay: "long",
  }).format(Math.max(1, Math.floor(ms / size)))
}

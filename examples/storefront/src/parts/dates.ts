type Moment = string | Date

/** Formats the day in the reader's own way. */
export const date = (moment: Moment): string =>
  new Date(moment).toLocaleDateString(undefined, { dateStyle: "long" })

/** Formats the day and the time in the reader's own way. */
export const dateTime = (moment: Moment): string =>
  new Date(moment).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  })

const MINUTE = 60_000
const UNITS = [
  ["day", 24 * 60 * MINUTE],
  ["hour", 60 * MINUTE],
  ["minute", MINUTE],
] as const

/** Formats the time that is left, in English as the pages are: `24 hours`. */
export function timeLeft(moment: Moment): string {
  // Rounded up to a minute: a link of 24 hours that was just emailed has 24 hours left.
  const left = new Date(moment).getTime() - Date.now()
  const ms = Math.ceil(left / MINUTE) * MINUTE
  const [unit, size] = UNITS.find(([, size]) => ms >= 2 * size) ?? UNITS[2]
  return new Intl.NumberFormat("en", {
    style: "unit",
    unit,
    unitDisplay: "long",
  }).format(Math.max(1, Math.floor(ms / size)))
}

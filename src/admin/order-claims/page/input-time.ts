const two = (n: number) => String(n).padStart(2, "0")

/** Writes a time as `<input type="datetime-local">` takes it, by the reader's clock. */
export const inputTime = (date: Date): string => {
  const day = [
    date.getFullYear(),
    two(date.getMonth() + 1),
    two(date.getDate()),
  ]
  return `${day.join("-")}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** The first and the last day that staff can mean. */
export const DAYS = { first: "2000-01-01", last: "9998-12-31" }

/**
 * True if a text is a time within these days: a field also takes years that no date can
 * have, and those that are half typed. After the last day, there is room for another.
 */
export const isTime = (text: string): boolean =>
  text >= DAYS.first &&
  text.slice(0, DAYS.last.length) <= DAYS.last &&
  !Number.isNaN(new Date(text).getTime())

/** Reads such a time, or the one some minutes later. */
export const atMinute = (text: string, later = 0): Date =>
  new Date(new Date(text).getTime() + later * 60_000)

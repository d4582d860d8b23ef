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

/** True if a text is such a time: the field also takes years that no date can have. */
export const isTime = (text: string): boolean =>
  !Number.isNaN(new Date(text).getTime())

/** Reads such a time, or the one some minutes later. */
export const atMinute = (text: string, later = 0): Date =>
  new Date(new Date(text).getTime() + later * 60_000)

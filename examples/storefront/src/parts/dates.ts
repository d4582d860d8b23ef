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

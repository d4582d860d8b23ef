type Moment = string | Date

/** The day, as the reader writes it. */
export const date = (moment: Moment): string =>
  new Date(moment).toLocaleDateString(undefined, { dateStyle: "long" })

/** The day and the minute, as the reader writes them. */
export const dateTime = (moment: Moment): string =>
  new Date(moment).toLocaleString(undefined, {
    dateStyle: "medium",
    timeStyle: "short",
  })

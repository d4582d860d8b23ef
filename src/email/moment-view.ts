import { formatDay, formatTime } from "../texts/dates"
import type { Texts } from "../texts/texts"

/** A point in time, as emails and the hosted page show it. */
export interface MomentView {
  /** ISO 8601, UTC. */
  at: string
  /** `November 22, 2026 (14:17 UTC)`. */
  moment: string
  /** Its end, `(14:17 UTC)`: readers need it least. */
  time: string
}

/** Makes the view of a point in time. */
export function momentView(
  date: Date,
  locale: string,
  texts: Texts
): MomentView {
  const time = texts("time", { time: formatTime(date, locale) })
  const moment = texts("moment", { date: formatDay(date, locale), time })
  return { at: date.toISOString(), moment, time }
}

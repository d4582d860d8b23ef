import { formatDay, formatDuration, formatTime } from "../texts/dates"
import type { Texts } from "../texts/texts"

/** A point in time, as emails and the hosted page show it. */
export interface MomentView {
  /** ISO 8601, UTC. */
  at: string
  /** `November 22, 2026 (14:17 UTC)`. */
  moment: string
  /** The last part of `moment`, which readers need least: `(14:17 UTC)`. */
  time: string
}

/** The end of a link, as emails show it. */
export interface DeadlineView extends MomentView {
  /** `24 hours`: the lifetime of the link. */
  in: string
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

/** Makes the view of the end of a link that works from a point in time on. */
export function deadlineView(
  from: Date,
  end: Date,
  locale: string,
  texts: Texts
): DeadlineView {
  const duration = formatDuration(end.getTime() - from.getTime(), locale)
  return { ...momentView(end, locale, texts), in: duration }
}

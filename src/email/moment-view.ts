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
  /** `24 hours`: the time that is left when this is written. */
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

const MINUTE = 60_000

/**
 * Makes the view of the end of a link, as seen from a point in time. It rounds up to a
 * minute: a link of 24 hours that was made a moment ago has 24 hours left, not 23.
 */
export function deadlineView(
  now: Date,
  end: Date,
  locale: string,
  texts: Texts
): DeadlineView {
  const minutes = Math.ceil((end.getTime() - now.getTime()) / MINUTE)
  const duration = formatDuration(minutes * MINUTE, locale)
  return { ...momentView(end, locale, texts), in: duration }
}

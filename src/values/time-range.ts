/** A span of time, from a millisecond on, and until before another one. */
export interface TimeRange {
  from?: Date
  until?: Date
}

/** The bounds of a time, as core's lists have them. */
export type TimeBounds = Partial<Record<"gt" | "gte" | "lt" | "lte", Date>>

/**
 * Makes the span of some bounds. It counts in milliseconds, as dates in JSON do: what is
 * shown as the very time of a bound lies within `gte` and `lte`.
 */
export function timeRange({ gt, gte, lt, lte }: TimeBounds): TimeRange {
  const from = [...(gt ? [after(gt)] : []), ...(gte ? [gte] : [])]
  const until = [...(lte ? [after(lte)] : []), ...(lt ? [lt] : [])]
  return {
    ...(from.length && { from: new Date(Math.max(...from.map(Number))) }),
    ...(until.length && { until: new Date(Math.min(...until.map(Number))) }),
  }
}

const after = (date: Date): Date => new Date(date.getTime() + 1)

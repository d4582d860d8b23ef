import { encodeTime, monotonicFactory } from "ulid"

// Counts up within a millisecond. A random ULID takes 16 calls to the system's
// random source.
const ulid = monotonicFactory()

/** Makes an id as Medusa does: a prefix and a ULID, so that ids sort by age. */
export function newId(prefix: "oclaim" | "noti" | "job"): string {
  return `${prefix}_${ulid()}`
}

/** The most milliseconds since 1970 that a ULID holds. */
const MAX_TIME = 2 ** 48 - 1

/** Makes the least id that a claim can have which was opened at this time. */
export function leastClaimId(at: Date): string {
  const time = Math.min(Math.max(at.getTime(), 0), MAX_TIME)
  return `oclaim_${encodeTime(time, 10)}`
}

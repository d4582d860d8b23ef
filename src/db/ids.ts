import { encodeTime, monotonicFactory } from "ulid"

// Counts up within a millisecond. A random ULID takes 16 calls to the system's
// random source.
const ulid = monotonicFactory()

/** Makes an id as Medusa does: a prefix and a ULID, so that ids sort by age. */
export function newId(prefix: "oclaim" | "noti" | "job"): string {
  return `${prefix}_${ulid()}`
}

/** Makes the start of the ids that were made at a time: older ids sort before it. */
export function idAt(prefix: "oclaim", time: Date): string {
  return `${prefix}_${encodeTime(time.getTime(), TIME_LENGTH)}`
}

/** The characters of a ULID that are its time. */
const TIME_LENGTH = 10

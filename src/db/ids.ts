import { monotonicFactory } from "ulid"

// Counts up within a millisecond. A random ULID takes 16 calls to the system's
// random source.
const ulid = monotonicFactory()

/** Makes an id as Medusa does: a prefix and a ULID, so that ids sort by age. */
export function newId(prefix: "oclaim" | "noti" | "job"): string {
  return `${prefix}_${ulid()}`
}

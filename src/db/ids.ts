import { monotonicFactory } from "ulid"

// Counts up within a millisecond: a random ULID each would take 16 calls to the
// system's random source.
const ulid = monotonicFactory()

/** An id as Medusa makes them: a prefix and a ULID, so that they sort by age. */
export function newId(prefix: "oclaim" | "noti" | "job"): string {
  return `${prefix}_${ulid()}`
}

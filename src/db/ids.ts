import { randomInt } from "crypto"
import { encodeTime, monotonicFactory } from "ulid"

// Counts up within a millisecond. The digits to the base of 32 come from `randomInt`,
// which fetches many random bytes at once: ulid's own source fetches each by itself.
const ulid = monotonicFactory(() => randomInt(32) / 32)

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

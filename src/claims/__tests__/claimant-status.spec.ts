import type { ClaimStatus } from "../claim"
import { claimantStatus } from "../claimant-status"

const NOW = new Date("2026-11-21T12:00:00Z")
const read = (status: ClaimStatus, expiresInMs: number) =>
  claimantStatus(
    { status, expires_at: new Date(NOW.getTime() + expiresInMs) },
    NOW
  )

it.each([
  ["pending", "waiting", "expired"],
  ["sent", "waiting", "expired"],
  ["failed", "waiting", "expired"],
  ["throttled", "waiting", "expired"],
  ["ineligible", "waiting", "expired"],
  ["confirmed", "confirmed", "confirmed"],
  ["declined", "declined", "declined"],
  ["canceled", "canceled", "canceled"],
] as const)(
  "a claim that is %s reads %s, and %s after its expiry",
  (status, before, after) => {
    expect(read(status, 1)).toBe(before)
    expect(read(status, 0)).toBe(after)
    expect(read(status, -60_000)).toBe(after)
  }
)

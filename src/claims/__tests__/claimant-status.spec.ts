import type { Claim, ClaimOrigin, ClaimStatus } from "../claim"
import { claimantExpiry, claimantStatus } from "../claimant-status"

const HOUR = 3_600_000
const NOW = new Date("2026-11-21T12:00:00Z")
const at = (ms: number) => new Date(NOW.getTime() + ms)

type Shown = Pick<Claim, "status" | "origin" | "created_at" | "expires_at">

/** A claim whose link, as its claimant is told, has so long to live. */
const claim = (expiresInMs: number, changes: Partial<Shown> = {}): Shown => ({
  status: "sent",
  origin: "address",
  created_at: at(expiresInMs - HOUR),
  expires_at: at(expiresInMs),
  ...changes,
})
const read = (status: ClaimStatus, expiresInMs: number) =>
  claimantStatus(claim(expiresInMs, { status }), HOUR, NOW)

it.each([
  ["requested", "waiting", "expired"],
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

it.each<ClaimOrigin>(["address", "order_ids", "registration"])(
  "a later link is not told to who asked: %s",
  (origin) => {
    const renewed = claim(0, { origin, expires_at: at(HOUR) })
    expect(claimantExpiry(renewed, HOUR)).toEqual(NOW)
    expect(claimantStatus(renewed, HOUR, NOW)).toBe("expired")
  }
)

it("a later link is told where staff have asked: its orders are no secret", () => {
  const renewed = claim(0, { origin: "staff", expires_at: at(HOUR) })
  expect(claimantExpiry(renewed, HOUR)).toEqual(at(HOUR))
  expect(claimantStatus(renewed, HOUR, NOW)).toBe("waiting")
})

import type { Claim, ClaimStatus } from "../claim"
import type { EventToken, PresentedToken } from "../claim-token"
import { isLocked, isNewest, refusalOf, linkStatusOf } from "../link-status"

const NOW = new Date("2026-11-21T12:00:00Z")
const after = (ms: number) => new Date(NOW.getTime() + ms)

const claim = (changes: Partial<Claim> = {}): Claim => ({
  id: "oclaim_1",
  customer_id: "cus_clara",
  email: "greta@example.com",
  order_ids: ["order_1"],
  status: "sent",
  origin: "order_ids",
  requested_by: null,
  display_id: null,
  sales_channel_ids: null,
  own_address: false,
  password_attempts: 0,
  token_generation: 2,
  token_issued_at: after(-60_000),
  expires_at: after(60_000),
  confirmed_generation: null,
  resolved_by: null,
  resolved_at: null,
  moved_orders: [],
  reverted_at: null,
  reverted_by: null,
  reverted_order_ids: [],
  locale: null,
  to_notify: [],
  attempts: 1,
  last_error: null,
  created_at: after(-60_000),
  retries_since: after(-60_000),
  ...changes,
})

const link = (generation: number): PresentedToken => ({
  type: "link",
  claimId: "oclaim_1",
  generation,
})

const event = (expiresAt = after(60_000)): EventToken => ({
  type: "event",
  generation: 0,
  event_token_hash: "hash",
  request: {
    customer_id: "c",
    order_ids: ["order_1"],
    event_token_hash: "hash",
  },
  issuedAt: after(-60_000),
  expiresAt,
})

const OPEN: ClaimStatus[] = ["pending", "sent", "failed"]

describe.each(OPEN)("while a claim is %s", (status) => {
  it.each([
    ["of the newest generation", link(2), "open"],
    ["of an older generation", link(1), "superseded"],
    ["of a generation that never was", link(3), "invalid"],
    ["of the event, once a newer link was made", event(), "superseded"],
  ])("a token %s: %s", (_, token, expected) => {
    expect(linkStatusOf(claim({ status }), token, NOW)).toBe(expected)
  })

  it.each([
    ["of the newest generation", link(2), "expired"],
    ["of an older generation", link(1), "superseded"],
    ["of a generation that never was", link(3), "invalid"],
    ["of the event", event(), "superseded"],
  ])("after its expiry a token %s: %s", (_, token, expected) => {
    const expired = claim({ status, expires_at: after(-1) })
    expect(linkStatusOf(expired, token, NOW)).toBe(expected)
  })

  it("the event's own token confirms, like the first link", () => {
    const first = claim({ status, token_generation: 1 })
    expect(linkStatusOf(first, event(), NOW)).toBe("open")
    expect(linkStatusOf(first, link(1), NOW)).toBe("open")
  })

  it("the event's own token expires by itself, not with the link", () => {
    const first = claim({ status, token_generation: 1 })
    expect(linkStatusOf(first, event(NOW), NOW)).toBe("expired")
    const over = { ...first, expires_at: after(-1) }
    expect(linkStatusOf(over, event(), NOW)).toBe("open")
  })

  it.each([
    [4, "open"],
    [5, "expired"],
    [6, "expired"],
  ])("after %i wrong passwords the newest link is %s", (tried, expected) => {
    const first = claim({
      status,
      token_generation: 1,
      password_attempts: tried,
    })
    expect(linkStatusOf(first, link(1), NOW)).toBe(expected)
    expect(linkStatusOf(first, event(), NOW)).toBe(expected)
    expect(isLocked(first)).toBe(expected === "expired")
    const newer = { ...first, token_generation: 2 }
    expect(linkStatusOf(newer, link(1), NOW)).toBe("superseded")
  })

  it("a link works until the moment it expires", () => {
    const ending = (ms: number) => claim({ status, expires_at: after(ms) })
    expect(linkStatusOf(ending(1), link(2), NOW)).toBe("open")
    expect(linkStatusOf(ending(0), link(2), NOW)).toBe("expired")
  })
})

describe("once a claim is over", () => {
  const tokens = [link(1), link(2), link(3), event()]
  const lives = [after(60_000), after(-1)]

  it.each([
    ["declined", "declined"],
    ["canceled", "canceled"],
    ["ineligible", "stale"],
    ["throttled", "invalid"],
  ] as const)("%s, every token has that status: %s", (status, expected) => {
    for (const expires_at of lives) {
      for (const token of tokens) {
        const over = claim({ status, expires_at })
        expect(linkStatusOf(over, token, NOW)).toBe(expected)
      }
    }
  })

  it.each([
    [["order_1"], "reverted"],
    // They were canceled, or had moved on: nothing went back.
    [[], "stale"],
  ])("reverted, with %j given back: %s", (reverted_order_ids, expected) => {
    const over = claim({ status: "reverted", reverted_order_ids })
    for (const token of tokens) {
      expect(linkStatusOf(over, token, NOW)).toBe(expected)
    }
  })

  it.each([
    [link(1), 1],
    [link(2), 2],
    [event(), 0],
  ])("confirmed, the token that did it repeats: %p", (token, by) => {
    for (const expires_at of lives) {
      const confirmed = claim({
        status: "confirmed",
        confirmed_generation: by,
        expires_at,
      })
      expect(linkStatusOf(confirmed, token, NOW)).toBe("confirmed")
    }
  })

  it("confirmed, any other token is used", () => {
    for (const by of [0, 1, 2]) {
      const confirmed = claim({
        status: "confirmed",
        confirmed_generation: by,
      })
      for (const token of tokens) {
        if (token.generation === by) continue
        expect(linkStatusOf(confirmed, token, NOW)).toBe("used")
      }
    }
  })
})

it("wrong passwords change nothing about a claim that is over", () => {
  const status = (changes: Partial<Claim>) =>
    linkStatusOf(claim({ password_attempts: 5, ...changes }), link(2), NOW)
  expect(status({ status: "declined" })).toBe("declined")
  expect(status({ status: "confirmed", confirmed_generation: 2 })).toBe(
    "confirmed"
  )
})

describe("the newest token", () => {
  it.each([
    ["is the link of the newest generation", link(2), 2, true],
    ["is no older link", link(1), 2, false],
    ["is no link that never was", link(3), 2, false],
    ["is the event's own beside the first link", event(), 1, true],
    ["is not the event's own beside a newer link", event(), 2, false],
  ])("%s", (_, token, token_generation, newest) => {
    expect(isNewest(claim({ token_generation }), token)).toBe(newest)
  })

  it("stays the newest after its expiry, whatever the claim's outcome", () => {
    const over = claim({ status: "canceled", expires_at: after(-60_000) })
    expect(isNewest(over, link(2))).toBe(true)
  })
})

it.each([
  ["invalid", "order_claim_invalid"],
  ["expired", "order_claim_expired"],
  ["superseded", "order_claim_superseded"],
  ["used", "order_claim_used"],
  ["declined", "order_claim_declined"],
  ["canceled", "order_claim_canceled"],
  ["stale", "order_claim_stale"],
  // A confirmed claim that is declined or renewed counts as used.
  ["confirmed", "order_claim_used"],
] as const)("the refusal of what is %s is %s", (standing, code) => {
  expect(refusalOf(standing)).toMatchObject({ type: "not_allowed", code })
})

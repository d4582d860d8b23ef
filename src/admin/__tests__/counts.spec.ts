import { CLAIM_STATUSES } from "../../claims/claim"
import { countText, MOST_FOUND, plural } from "../order-claims/count"
import type { ClaimCounts } from "../order-claims/order-claim"
import { retryWords } from "../order-claims/page/retry-words"
import {
  groupCount,
  isGroup,
  STATUS_GROUPS,
} from "../order-claims/page/status-groups"

const none = Object.fromEntries(
  [...CLAIM_STATUSES, "failed_notices"].map((name) => [name, 0])
) as ClaimCounts

describe("a number of claims", () => {
  it("says when there may be more", () => {
    expect(countText(9_999)).toBe((9_999).toLocaleString())
    expect(countText(10_000)).toBe(`${(10_000).toLocaleString()}+`)
  })

  it("says so earlier for a search", () => {
    expect(plural(999, "claim", MOST_FOUND)).toBe("999 claims")
    expect(plural(1000, "claim", MOST_FOUND)).toMatch(/\+ claims$/)
  })

  it("has its noun", () => {
    expect(plural(0, "claim")).toBe("0 claims")
    expect(plural(1, "claim")).toBe("1 claim")
    expect(plural(2, "claim")).toBe("2 claims")
  })
})

describe("the groups above the table", () => {
  it("have every status once", () => {
    const all = STATUS_GROUPS.flatMap(({ status }) => status)
    expect([...all].sort()).toEqual([...CLAIM_STATUSES].sort())
  })

  it("add up their statuses", () => {
    const [toBeMailed] = STATUS_GROUPS
    const counts = { ...none, requested: 2, pending: 3, sent: 50 }
    expect(groupCount(toBeMailed!, counts)).toBe("5")
    expect(groupCount(toBeMailed!, { ...counts, pending: 10_000 })).toMatch(
      /\+$/
    )
  })

  it("are chosen by their statuses in any order", () => {
    const [toBeMailed] = STATUS_GROUPS
    expect(isGroup(toBeMailed!, ["pending", "requested"])).toBe(true)
    expect(isGroup(toBeMailed!, ["pending"])).toBe(false)
    expect(isGroup(toBeMailed!, ["pending", "sent"])).toBe(false)
  })
})

describe("the notice after a retry of failed emails", () => {
  it("says that it was all of them", () => {
    expect(retryWords({ queued: 1, limited: 0, left: 0 })).toEqual([
      "1 claim on the way",
      "Nothing else failed in that time.",
    ])
  })

  it("says that there are more", () => {
    const [title, text] = retryWords({ queued: 1000, limited: 2, left: 502 })
    expect(title).toBe(`${(1000).toLocaleString()} claims on the way`)
    expect(text).toBe(
      "500 more claims failed in that time: retry again. Skipped because their address has reached its limit: 2 claims."
    )
  })

  it("says that nothing had failed", () => {
    expect(retryWords({ queued: 0, limited: 0, left: 0 })).toEqual([
      "Nothing to retry",
      "Nothing failed in that time.",
    ])
  })

  it("says that the addresses had reached their limit", () => {
    expect(retryWords({ queued: 0, limited: 3, left: 3 })).toEqual([
      "Nothing queued",
      "Skipped because their address has reached its limit: 3 claims.",
    ])
  })

  it("says that somebody else is at work on them", () => {
    expect(retryWords({ queued: 0, limited: 1, left: 4 })).toEqual([
      "Nothing queued",
      "3 claims could not be queued just now. Try again in a moment. Skipped because their address has reached its limit: 1 claim.",
    ])
  })
})

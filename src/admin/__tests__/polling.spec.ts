import { CLAIM_STATUSES } from "../../claims/claim"
import type { ClaimCounts } from "../order-claims/order-claim"
import {
  type OnItsWay,
  pollPage,
  pollWhileMailing,
} from "../order-claims/polling"

const next_attempt_at = "2026-11-21T14:17:00.000Z"
const sent: OnItsWay = {
  status: "sent",
  next_attempt_at: null,
}

describe("the list", () => {
  it("is loaded again while a mail is due, also one about a confirmation", () => {
    for (const status of ["pending", "confirmed"] as const) {
      expect(pollWhileMailing([sent, { status, next_attempt_at }])).toBe(3000)
    }
  })

  it("is loaded again while orders are looked up", () => {
    const requested = { status: "requested" as const, next_attempt_at: null }
    expect(pollWhileMailing([requested])).toBe(3000)
  })

  it("is left alone when nothing is on its way", () => {
    expect(pollWhileMailing([sent])).toBe(false)
    expect(pollWhileMailing()).toBe(false)
  })
})

describe("the page of all claims", () => {
  const none = Object.fromEntries(
    [...CLAIM_STATUSES, "failed_notices"].map((name) => [name, 0])
  ) as ClaimCounts
  const page = (counts: Partial<ClaimCounts>, claims = [sent]) =>
    pollPage({ order_claims: claims, counts: { ...none, ...counts } })

  it("is loaded again while claims that it does not show are on their way", () => {
    expect(page({ pending: 1 })).toBe(15_000)
    expect(page({ requested: 1 })).toBe(15_000)
  })

  it("is loaded sooner for the claims that it shows", () => {
    expect(page({ pending: 1 }, [{ ...sent, next_attempt_at }])).toBe(3000)
  })

  it("is left alone when nothing is on its way, or not known to be", () => {
    expect(page({ sent: 3, failed: 2, failed_notices: 1 })).toBe(false)
    expect(pollPage({ order_claims: [sent] })).toBe(false)
    expect(pollPage(undefined)).toBe(false)
  })
})

import { pollWhileMailing } from "../order-claims/polling"

const next_attempt_at = "2026-11-21T14:17:00.000Z"
const sent = { status: "sent" as const, next_attempt_at: null }

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

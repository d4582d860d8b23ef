import {
  canBeCanceled,
  canBeGivenBack,
  canBeResent,
  statusWords,
} from "../order-claims/status"

const NOW = new Date("2026-11-21T14:17:00Z")
const SOON = "2026-11-21T14:18:00Z"

const words = (
  status: Parameters<typeof statusWords>[0]["status"],
  { expires_at = SOON, attempts = 1 } = {}
) => statusWords({ status, expires_at, attempts }, NOW).words

describe("the words for a claim", () => {
  it("distinguish a first mail from one that is tried again", () => {
    expect(words("pending", { attempts: 0 })).toBe("Waiting to be mailed")
    expect(words("pending")).toBe("Waiting to be mailed again")
  })

  it("distinguish a link that works from one that has expired", () => {
    expect(words("sent")).toBe("Waiting for confirmation")
    expect(words("sent", { expires_at: NOW.toISOString() })).toBe("Expired")
  })

  it("do not mention expiry when the claim is over or no mail went out", () => {
    const expires_at = "2026-11-20T00:00:00Z"
    expect(words("confirmed", { expires_at })).toBe("Confirmed")
    expect(words("reverted", { expires_at })).toBe("Given back")
    expect(words("failed", { expires_at })).toBe("Mailing failed")
  })
})

describe("the buttons of a claim", () => {
  it("can resend it while it is not over and has a mail", () => {
    expect(
      (
        [
          "pending",
          "sent",
          "failed",
          "confirmed",
          "declined",
          "canceled",
        ] as const
      ).map((status) => canBeResent({ status }))
    ).toEqual([true, true, true, false, false, false])
    expect(canBeResent({ status: "throttled" })).toBe(false)
    expect(canBeResent({ status: "ineligible" })).toBe(false)
  })

  it("can give its orders back once it is confirmed, and once only", () => {
    expect(
      (["sent", "confirmed", "reverted", "canceled"] as const).map((status) =>
        canBeGivenBack({ status })
      )
    ).toEqual([false, true, false, false])
  })

  it("can cancel it even after a decline or a revert, which lifts the block", () => {
    expect(canBeCanceled({ status: "declined" })).toBe(true)
    expect(canBeCanceled({ status: "reverted" })).toBe(true)
    expect(canBeCanceled({ status: "confirmed" })).toBe(false)
    expect(canBeCanceled({ status: "canceled" })).toBe(false)
  })
})

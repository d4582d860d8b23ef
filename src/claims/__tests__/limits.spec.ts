import { Limits, takeFromLimits, Tally } from "../limits"

const limits: Limits = {
  perRecipient: { count: 2, windowMs: 1 },
  perCustomer: { count: 3, windowMs: 1 },
}
const claim = (email: string, customer_id: string) => ({ email, customer_id })
const tally = (
  perRecipient: [string, number][] = [],
  perCustomer: [string, number][] = []
): Tally => ({
  perRecipient: new Map(perRecipient),
  perCustomer: new Map(perCustomer),
})

describe("the limits", () => {
  it("let through as many claims per recipient as they say", () => {
    const counted = tally()
    const take = (claimant: string) =>
      takeFromLimits(claim("a@example.com", claimant), counted, limits)
    expect([take("c1"), take("c2"), take("c3")]).toEqual([true, true, false])
  })

  it("let through as many claims per customer as they say", () => {
    const counted = tally()
    const take = (recipient: string) =>
      takeFromLimits(claim(recipient, "c1"), counted, limits)
    expect(["a", "b", "c", "d"].map(take)).toEqual([true, true, true, false])
  })

  it("count what was mailed before", () => {
    const counted = tally([["a@example.com", 2]], [["c9", 3]])
    expect(takeFromLimits(claim("a@example.com", "c1"), counted, limits)).toBe(
      false
    )
    expect(takeFromLimits(claim("b@example.com", "c9"), counted, limits)).toBe(
      false
    )
    expect(takeFromLimits(claim("b@example.com", "c1"), counted, limits)).toBe(
      true
    )
  })

  it("ignore the case of an address", () => {
    const counted = tally([["a@example.com", 1]])
    const take = () =>
      takeFromLimits(claim("A@Example.COM", "c1"), counted, limits)
    expect([take(), take()]).toEqual([true, false])
  })

  it("do not count a claim that is over one of them against the other", () => {
    const counted = tally([["a@example.com", 2]])
    takeFromLimits(claim("a@example.com", "c1"), counted, limits)
    expect(counted).toEqual(tally([["a@example.com", 2]]))

    const full = tally([], [["c1", 3]])
    takeFromLimits(claim("b@example.com", "c1"), full, limits)
    expect(full).toEqual(tally([], [["c1", 3]]))
  })
})

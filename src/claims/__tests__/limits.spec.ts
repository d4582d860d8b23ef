import fc from "fast-check"
import { Counts, isOver, Limits, takeFromLimits, Tally } from "../limits"

const limits: Limits = {
  perRecipient: [{ count: 2, windowMs: 1 }],
  perCustomer: [{ count: 3, windowMs: 1 }],
}
const claim = (email: string, customer_id: string) => ({ email, customer_id })
const tally = (
  perRecipient: [string, Counts][] = [],
  perCustomer: [string, Counts][] = []
): Tally => ({
  perRecipient: new Map(perRecipient),
  perCustomer: new Map(perCustomer),
})

const times = (all: string[], one: string) =>
  all.filter((other) => other === one).length

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
    const counted = tally([["a@example.com", [2]]], [["c9", [3]]])
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
    const counted = tally([["a@example.com", [1]]])
    const take = () =>
      takeFromLimits(claim("A@Example.COM", "c1"), counted, limits)
    expect([take(), take()]).toEqual([true, false])
  })

  it("do not count a claim that is over one of them against the other", () => {
    const counted = tally([["a@example.com", [2]]])
    takeFromLimits(claim("a@example.com", "c1"), counted, limits)
    expect(counted).toEqual(tally([["a@example.com", [2]]]))

    const full = tally([], [["c1", [3]]])
    takeFromLimits(claim("b@example.com", "c1"), full, limits)
    expect(full).toEqual(tally([], [["c1", [3]]]))
  })

  describe("of several windows", () => {
    const several: Limits = {
      perRecipient: [
        { count: 2, windowMs: 1 },
        { count: 3, windowMs: 2 },
      ],
      perCustomer: [
        { count: 4, windowMs: 1 },
        { count: 9, windowMs: 2 },
        { count: 10, windowMs: 3 },
      ],
    }
    const take = (counted: Tally) =>
      takeFromLimits(claim("a@example.com", "c1"), counted, several)

    it("let through what is within each of them", () => {
      const counted = tally([["a@example.com", [1, 2]]], [["c1", [3, 8, 9]]])
      expect(take(counted)).toBe(true)
      expect(counted).toEqual(
        tally([["a@example.com", [2, 3]]], [["c1", [4, 9, 10]]])
      )
    })

    it.each<[string, Counts, Counts]>([
      ["the recipient's first", [2, 2], [0, 0, 0]],
      ["the recipient's second", [0, 3], [0, 0, 0]],
      ["the customer's first", [0, 0], [4, 4, 4]],
      ["the customer's second", [0, 0], [0, 9, 9]],
      ["the customer's third", [0, 0], [0, 0, 10]],
    ])(
      "stop what is over %s, and count nothing",
      (_, ofRecipient, ofCustomer) => {
        const full = () =>
          tally([["a@example.com", ofRecipient]], [["c1", ofCustomer]])
        const counted = full()
        expect(take(counted)).toBe(false)
        expect(counted).toEqual(full())
      }
    )

    it("start from nothing for somebody who is new", () => {
      const counted = tally()
      expect([take(counted), take(counted), take(counted)]).toEqual([
        true,
        true,
        false,
      ])
      expect(counted).toEqual(
        tally([["a@example.com", [2, 2]]], [["c1", [2, 2, 2]]])
      )
    })

    it("are never exceeded, and stop nothing that is within them all", () => {
      const side = fc.array(
        fc.record({
          count: fc.integer({ min: 1, max: 6 }),
          windowMs: fc.nat(),
        }),
        { minLength: 1, maxLength: 5 }
      )
      const claims = fc.array(
        fc.record({
          email: fc.constantFrom(
            "a@example.com",
            "A@example.com",
            "b@example.com"
          ),
          customer_id: fc.constantFrom("c1", "c2"),
        }),
        { maxLength: 30 }
      )
      fc.assert(
        fc.property(side, side, claims, (perRecipient, perCustomer, asked) => {
          const limits = { perRecipient, perCustomer }
          const counted = tally()
          const taken = { recipient: [] as string[], customer: [] as string[] }
          const lowest = (of: typeof perRecipient) =>
            Math.min(...of.map(({ count }) => count))
          for (const one of asked) {
            const recipient = one.email.toLowerCase()
            const isFree =
              times(taken.recipient, recipient) < lowest(perRecipient) &&
              times(taken.customer, one.customer_id) < lowest(perCustomer)
            expect(takeFromLimits(one, counted, limits)).toBe(isFree)
            if (!isFree) continue
            taken.recipient.push(recipient)
            taken.customer.push(one.customer_id)
          }
        })
      )
    })
  })

  it("are exceeded by a count beyond one of them", () => {
    const [first, second] = [
      { count: 2, windowMs: 1 },
      { count: 3, windowMs: 2 },
    ]
    expect(isOver([2, 3], [first, second])).toBe(false)
    expect(isOver([3, 3], [first, second])).toBe(true)
    expect(isOver([2, 4], [first, second])).toBe(true)
    expect(isOver([], [first, second])).toBe(false)
  })
})

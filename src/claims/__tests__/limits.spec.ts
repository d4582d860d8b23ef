import fc from "fast-check"
import {
  Counts,
  isOver,
  Limits,
  OVER_LIMIT,
  type OverLimit,
  takeFromLimits,
  Tally,
} from "../limits"

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

const { recipient: OF_RECIPIENT, customer: OF_CUSTOMER } = OVER_LIMIT

const times = (all: string[], one: string) =>
  all.filter((other) => other === one).length

describe("the limits", () => {
  it("let through as many claims per recipient as they say", () => {
    const counted = tally()
    const take = (claimant: string) =>
      takeFromLimits(claim("a@example.com", claimant), counted, limits)
    expect(["c1", "c2", "c3"].map(take)).toEqual([
      undefined,
      undefined,
      OF_RECIPIENT,
    ])
  })

  it("let through as many claims per customer as they say", () => {
    const counted = tally()
    const take = (recipient: string) =>
      takeFromLimits(claim(recipient, "c1"), counted, limits)
    expect(["a", "b", "c", "d"].map(take)).toEqual([
      undefined,
      undefined,
      undefined,
      OF_CUSTOMER,
    ])
  })

  it("count what was mailed before", () => {
    const counted = tally([["a@example.com", [2]]], [["c9", [3]]])
    const take = (recipient: string, claimant: string) =>
      takeFromLimits(claim(recipient, claimant), counted, limits)
    expect(take("a@example.com", "c1")).toBe(OF_RECIPIENT)
    expect(take("b@example.com", "c9")).toBe(OF_CUSTOMER)
    expect(take("a@example.com", "c9")).toBe(OF_CUSTOMER)
    expect(take("b@example.com", "c1")).toBeUndefined()
  })

  it("ignore the case of an address", () => {
    const counted = tally([["a@example.com", [1]]])
    const take = () =>
      takeFromLimits(claim("A@Example.COM", "c1"), counted, limits)
    expect([take(), take()]).toEqual([undefined, OF_RECIPIENT])
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
      expect(take(counted)).toBeUndefined()
      expect(counted).toEqual(
        tally([["a@example.com", [2, 3]]], [["c1", [4, 9, 10]]])
      )
    })

    it.each<[string, Counts, Counts, OverLimit]>([
      ["the recipient's first", [2, 2], [0, 0, 0], OF_RECIPIENT],
      ["the recipient's second", [0, 3], [0, 0, 0], OF_RECIPIENT],
      ["the customer's first", [0, 0], [4, 4, 4], OF_CUSTOMER],
      ["the customer's second", [0, 0], [0, 9, 9], OF_CUSTOMER],
      ["the customer's third", [0, 0], [0, 0, 10], OF_CUSTOMER],
    ])(
      "stop what is over %s, and count nothing",
      (_, ofRecipient, ofCustomer, reason) => {
        const full = () =>
          tally([["a@example.com", ofRecipient]], [["c1", ofCustomer]])
        const counted = full()
        expect(take(counted)).toBe(reason)
        expect(counted).toEqual(full())
      }
    )

    it("start from nothing for somebody who is new", () => {
      const counted = tally()
      expect([take(counted), take(counted), take(counted)]).toEqual([
        undefined,
        undefined,
        OF_RECIPIENT,
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
            expect(!takeFromLimits(one, counted, limits)).toBe(isFree)
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

import type { PresentedToken } from "../../claims/claim-token"
import { OrderClaimRefusal } from "../../claims/refusal"
import { Confirms } from "../confirms"
import { eventToken, link } from "./presenting"

/** A confirm that runs until the test ends it. */
class Running {
  readonly begun: Promise<void>
  hasBegun = false
  end!: () => void
  fail!: (error: Error) => void

  private begin!: () => void
  private readonly outcome: Promise<void>

  constructor() {
    this.begun = new Promise((resolve) => (this.begin = resolve))
    this.outcome = new Promise((resolve, reject) => {
      this.end = resolve
      this.fail = reject
    })
  }

  readonly confirm = (): Promise<void> => {
    this.hasBegun = true
    this.begin()
    return this.outcome
  }
}

const claim = (id: string, generation = 1) => link({ id }, generation)

const eventTokenWith = (event_token_hash: string) =>
  eventToken({ customer_id: "cus_1", order_ids: ["order_1"], event_token_hash })

describe("confirms", () => {
  let confirms: Confirms
  beforeEach(() => {
    confirms = new Confirms({ atOnce: 2 })
  })

  /** Posts a token; the confirm runs until the test ends it. */
  const post = (token: PresentedToken, customerId?: string) => {
    const running = new Running()
    const outcome = confirms.run(token, customerId, running.confirm)
    // Looked at later.
    outcome.catch(() => undefined)
    return { running, outcome }
  }

  describe("of the same token", () => {
    it.each([
      ["a link", claim("oclaim_1")],
      ["an event's own token", eventTokenWith("a hash")],
    ])("run once: %s", async (_, token) => {
      const first = post(token)
      const others = Array.from({ length: 20 }, () => post({ ...token }))
      await first.running.begun
      first.running.end()
      await Promise.all([first, ...others].map(({ outcome }) => outcome))

      expect(others.filter(({ running }) => running.hasBegun)).toEqual([])
    })

    it("share a refusal, too", async () => {
      const posts = [post(claim("oclaim_1")), post(claim("oclaim_1"))]
      const refusal = new OrderClaimRefusal("order_claim_stale")
      posts[0]!.running.fail(refusal)

      for (const { outcome } of posts)
        await expect(outcome).rejects.toBe(refusal)
      expect(posts[1]!.running.hasBegun).toBe(false)
    })

    it("share nothing between customers, with or without a login", async () => {
      const posts = [
        post(claim("oclaim_1")),
        post(claim("oclaim_1"), "cus_1"),
        post(claim("oclaim_1"), "cus_2"),
      ]
      const refusal = new OrderClaimRefusal("order_claim_stale")
      posts[0]!.running.fail(refusal)
      posts[1]!.running.end()
      posts[2]!.running.end()

      await expect(posts[0]!.outcome).rejects.toBe(refusal)
      await posts[1]!.outcome
      await posts[2]!.outcome
      expect(posts.map(({ running }) => running.hasBegun)).toEqual([
        true,
        true,
        true,
      ])
    })

    it("run again once the first has settled, whatever its outcome was", async () => {
      const refused = post(claim("oclaim_1"))
      refused.running.fail(new Error("the database is silent"))
      await expect(refused.outcome).rejects.toThrow("silent")

      for (let n = 0; n < 2; n++) {
        const next = post(claim("oclaim_1"))
        next.running.end()
        await next.outcome
        expect(next.running.hasBegun).toBe(true)
      }
    })
  })

  describe("of one claim with different tokens", () => {
    it("run one after the other, and take one place", async () => {
      const posts = [1, 2, 3].map((generation) =>
        post(claim("oclaim_1", generation))
      )
      const [first, second, third] = posts.map(({ running }) => running)
      const other = post(claim("oclaim_2"))
      await other.running.begun
      expect([first, second, third].map((one) => one!.hasBegun)).toEqual([
        true,
        false,
        false,
      ])

      first!.fail(new Error("the database is silent"))
      await second!.begun
      expect(third!.hasBegun).toBe(false)
      second!.end()
      await third!.begun
    })
  })

  describe("of different claims", () => {
    it("run side by side, a few at once", async () => {
      const [first, second, third] = [1, 2, 3].map((n) =>
        post(claim(`oclaim_${n}`))
      )
      await first!.running.begun
      await second!.running.begun
      expect(third!.running.hasBegun).toBe(false)

      second!.running.end()
      await third!.running.begun
    })

    it("run side by side for core's own tokens", async () => {
      const posts = ["one", "two"].map((hash) => post(eventTokenWith(hash)))
      for (const { running } of posts) await running.begun
    })
  })

  it("whose turn does not come are refused with what they waited for, and never run", async () => {
    confirms = new Confirms({ atOnce: 1, turnWithinMs: 50 })
    const first = post(claim("oclaim_1"))
    const sameClaim = post(claim("oclaim_1", 2))
    const otherClaim = post(claim("oclaim_2"))

    await expect(sameClaim.outcome).rejects.toThrow(
      "the confirmation of oclaim_1 waited 0.1 s for its turn"
    )
    await expect(otherClaim.outcome).rejects.toThrow(
      "the confirmation of oclaim_2 waited 0.1 s for its turn"
    )
    first.running.end()
    await first.outcome
    const next = post(claim("oclaim_2"))
    next.running.end()
    await next.outcome

    expect(sameClaim.running.hasBegun).toBe(false)
    expect(otherClaim.running.hasBegun).toBe(false)
  })

  it("may run for longer than a turn may take to come", async () => {
    confirms = new Confirms({ atOnce: 1, turnWithinMs: 50 })
    const long = post(claim("oclaim_1"))
    const late = post(claim("oclaim_2"))
    await expect(late.outcome).rejects.toThrow("for its turn")
    long.running.end()
    await long.outcome
  })
})

import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import { RateLimit, turnOfEach } from "../rate-limit"
import type { Turn } from "../transport"

const DAY = 24 * 60 * 60 * 1000

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms)

/** Asks for turns; `granted` has the numbers of those that were given. */
function asking(limit: RateLimit, count: number, signal?: AbortSignal) {
  const granted: number[] = []
  const turns: Turn[] = []
  for (let n = 0; n < count; n++) {
    limit.turn(signal).then(
      (turn) => {
        granted.push(n)
        turns.push(turn)
      },
      () => undefined
    )
  }
  return { granted, turns }
}

describe("a rate limit", () => {
  it("lets as many mails leave at once as it says, and the others wait", async () => {
    const { granted } = asking(new RateLimit({ count: 3, windowMs: 1000 }), 5)
    await pass(60_000)
    expect(granted).toEqual([0, 1, 2])
  })

  it("lets the next leave a window after the end of an earlier one", async () => {
    const limit = new RateLimit({ count: 2, windowMs: 1000 })
    const { granted, turns } = asking(limit, 4)
    await pass(400)
    turns[1]?.end(true)
    await pass(300)
    turns[0]?.end(true)
    await pass(699)
    expect(granted).toEqual([0, 1])
    await pass(1)
    expect(granted).toEqual([0, 1, 2])
    await pass(299)
    expect(granted).toEqual([0, 1, 2])
    await pass(1)
    expect(granted).toEqual([0, 1, 2, 3])
  })

  it("takes back a turn that was not used at once", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 1000 })
    const { granted, turns } = asking(limit, 3)
    await pass(0)
    turns[0]?.end(false)
    await pass(0)
    expect(granted).toEqual([0, 1])
  })

  it("counts the end of a turn once", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 1000 })
    const turn = await limit.turn()
    turn.end(false)
    turn.end(false)
    turn.end(true)
    expect(limit.left).toBe(1)
  })

  it("says how many mails may leave without waiting", async () => {
    const limit = new RateLimit({ count: 2, windowMs: 1000 })
    expect(limit.left).toBe(2)
    const turn = await limit.turn()
    expect(limit.left).toBe(1)
    turn.end(true)
    await pass(999)
    expect(limit.left).toBe(1)
    await pass(1)
    expect(limit.left).toBe(2)
  })

  it("stops waiting if it is told to, and the next gets the turn", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 1000 })
    const first = await limit.turn()
    const impatient = new AbortController()
    const given = limit.turn(impatient.signal)
    const { granted } = asking(limit, 1)
    impatient.abort()
    await expect(given).rejects.toMatchObject({ name: "AbortError" })
    first.end(true)
    await pass(1000)
    expect(granted).toEqual([0])
  })

  it("gives no turn to those who are late already", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 1000 })
    const over = new AbortController()
    over.abort()
    await expect(limit.turn(over.signal)).rejects.toThrow()
    expect(limit.left).toBe(1)
  })

  it("keeps a turn that was given before the wait was aborted", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 1000 })
    const controller = new AbortController()
    const turn = await limit.turn(controller.signal)
    controller.abort()
    expect(limit.left).toBe(0)
    turn.end(false)
    expect(limit.left).toBe(1)
  })

  it("has a timer only while somebody waits", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 1000 })
    const turn = await limit.turn()
    turn.end(true)
    expect(jest.getTimerCount()).toBe(0)
    const controller = new AbortController()
    asking(limit, 20, controller.signal)
    expect(jest.getTimerCount()).toBe(1)
    controller.abort()
    await pass(0)
    expect(jest.getTimerCount()).toBe(0)
  })

  it("waits longer than Node's longest timer", async () => {
    const limit = new RateLimit({ count: 1, windowMs: 30 * DAY })
    const { granted, turns } = asking(limit, 2)
    await pass(0)
    turns[0]?.end(true)
    await pass(30 * DAY - 1)
    expect(granted).toEqual([0])
    await pass(1)
    expect(granted).toEqual([0, 1])
  })

  it("remembers a million mails in little memory, and none too short", async () => {
    const limit = new RateLimit({ count: 1_000_000, windowMs: 30 * DAY })
    for (let i = 0; i < 100_000; i++) {
      const turn = await limit.turn()
      jest.advanceTimersByTime(20_000)
      turn.end(true)
    }
    expect(limit["ended"].length).toBeLessThanOrEqual(1001)
    expect(limit.left).toBe(900_000)
    await pass(30 * DAY - 100_000 * 20_000 + 20_000 - 1)
    expect(limit.left).toBe(900_000)
    await pass(30 * DAY)
    expect(limit.left).toBe(1_000_000)
  })

  it("frees mails that ended at about the same time with the last of them", async () => {
    const limit = new RateLimit({ count: 2, windowMs: 10_000 })
    const [first, second] = [await limit.turn(), await limit.turn()]
    first.end(true)
    await pass(9)
    second.end(true)
    await pass(9_999)
    expect(limit.left).toBe(0)
    await pass(1)
    expect(limit.left).toBe(2)
  })

  it("is kept on the mail server's clock, and first come is first served, whatever happens", async () => {
    const mail = fc.record({
      pause: fc.integer({ min: 0, max: 400 }),
      lasts: fc.integer({ min: 0, max: 700 }),
      arrivesAfter: fc.double({ min: 0, max: 1, noNaN: true }),
      isUsed: fc.boolean(),
    })
    const count = fc.integer({ min: 1, max: 5 })
    const windowMs = fc.integer({ min: 1, max: 1500 })
    const mails = fc.array(mail, { minLength: 1, maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(
        count,
        windowMs,
        mails,
        async (count, windowMs, mails) => {
          const limit = new RateLimit({ count, windowMs })
          const started: number[] = []
          const arrivals: number[] = []
          const send = async (
            n: number,
            { lasts, ...mail }: (typeof mails)[0]
          ) => {
            const turn = await limit.turn()
            started.push(n)
            if (!mail.isUsed) return turn.end(false)
            const start = performance.now()
            await new Promise((resolve) => setTimeout(resolve, lasts))
            const took = performance.now() - start
            arrivals.push(start + took * mail.arrivesAfter)
            turn.end(true)
          }
          const sending: Promise<void>[] = []
          for (const [n, mail] of mails.entries()) {
            sending.push(send(n, mail))
            await pass(mail.pause)
          }
          await pass(Math.ceil(windowMs * 1.01 + 700) * mails.length)
          await Promise.all(sending)

          expect(started).toEqual(mails.map((_, n) => n))
          arrivals.sort((a, b) => a - b)
          for (const [n, at] of arrivals.entries()) {
            const next = arrivals[n + count] ?? Infinity
            expect(next - at).toBeGreaterThanOrEqual(windowMs)
          }
          expect(limit.left).toBe(count)
        }
      ),
      { numRuns: campaign(60, 300) }
    )
  })
})

describe("several rate limits", () => {
  it("all hold", async () => {
    const fast = new RateLimit({ count: 2, windowMs: 1000 })
    const slow = new RateLimit({ count: 3, windowMs: 10_000 })
    const times: number[] = []
    const began = performance.now()
    const sent = Array.from({ length: 5 }, async () => {
      const turn = await turnOfEach([fast, slow])
      times.push(performance.now() - began)
      turn.end(true)
    })
    await pass(30_000)
    await Promise.all(sent)
    expect(times.map((ms) => Math.round(ms / 1000))).toEqual([0, 0, 1, 10, 10])
  })

  it("that are waited for in vain take nothing", async () => {
    const free = new RateLimit({ count: 1, windowMs: 1000 })
    const taken = new RateLimit({ count: 1, windowMs: 1000 })
    await taken.turn()
    const controller = new AbortController()
    const turn = turnOfEach([free, taken], controller.signal)
    await pass(0)
    expect(free.left).toBe(0)
    controller.abort()
    await expect(turn).rejects.toMatchObject({ name: "AbortError" })
    expect(free.left).toBe(1)
  })

  it("may be none at all", async () => {
    const turn = await turnOfEach([])
    expect(() => turn.end(true)).not.toThrow()
  })
})

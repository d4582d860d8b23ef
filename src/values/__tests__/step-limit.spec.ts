import { setImmediate as turn } from "timers/promises"
import { StepLimit } from "../step-limit"

describe("a step limit", () => {
  const LIMIT_MS = 100

  it("stalls when a step takes longer than the limit", async () => {
    const step = new StepLimit(LIMIT_MS)
    await step.stalled

    expect(step.isOver).toBe(true)
    // Timers round down.
    expect(step.elapsedMs).toBeGreaterThan(LIMIT_MS - 2)
  })

  it("lets the work take longer than the limit, as long as it goes on", async () => {
    // Long enough for a busy machine to pause this process now and then.
    const limitMs = 1000
    const step = new StepLimit(limitMs)
    const end = performance.now() + 1.5 * limitMs
    while (performance.now() < end) {
      await turn()
      step.next()
    }
    expect(step.isOver).toBe(false)
    step.end()
  })

  it("begins no further step once one has taken too long", async () => {
    const step = new StepLimit(LIMIT_MS)
    await step.stalled
    const before = step.elapsedMs
    step.next()

    expect(step.elapsedMs).toBeGreaterThanOrEqual(before)
    expect(step.isOver).toBe(true)
  })

  it("does not stall after the last step", async () => {
    const ended = new StepLimit(LIMIT_MS)
    ended.end()
    const later = new StepLimit(2 * LIMIT_MS)

    await Promise.race([
      later.stalled,
      ended.stalled.then(() => {
        throw new Error("it has stalled after its end")
      }),
    ])
  })
})

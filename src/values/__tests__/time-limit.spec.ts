import { withTimeLimit } from "../time-limit"

const never = new Promise<string>(() => undefined)
const late = () => "late"

describe("work with a time limit", () => {
  it("is waited for", async () => {
    const work = new Promise<string>((resolve) =>
      setImmediate(() => resolve("done"))
    )
    expect(await withTimeLimit(60_000, work, late)).toBe("done")
  })

  it("may be done already", async () => {
    expect(await withTimeLimit(60_000, "done", late)).toBe("done")
  })

  it("is not waited for any longer", async () => {
    expect(await withTimeLimit(1, never, late)).toBe("late")
  })

  it("fails with its own error", async () => {
    const failing = Promise.reject<string>(new Error("no database"))
    await expect(withTimeLimit(1000, failing, late)).rejects.toThrow(
      "no database"
    )
  })

  it("fails with the error of a time-out", async () => {
    const limited = withTimeLimit(1, never, () => {
      throw new Error("too late")
    })
    await expect(limited).rejects.toThrow("too late")
  })

  it("does not keep a finished process alive", async () => {
    jest.useFakeTimers()
    await withTimeLimit(60_000, "done", late)
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })
})

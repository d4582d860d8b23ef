import { timeRange } from "../time-range"

const at = (ms: number) => new Date(Date.UTC(2026, 10, 21) + ms)

describe("a span of time", () => {
  it("counts in milliseconds, from the first one on and until before another", () => {
    expect(timeRange({ gte: at(0), lt: at(5) })).toEqual({
      from: at(0),
      until: at(5),
    })
    expect(timeRange({ gt: at(0), lte: at(5) })).toEqual({
      from: at(1),
      until: at(6),
    })
  })

  it("may be open at either end", () => {
    expect(timeRange({ gte: at(0) })).toEqual({ from: at(0) })
    expect(timeRange({ lte: at(0) })).toEqual({ until: at(1) })
    expect(timeRange({})).toEqual({})
  })

  it("lies within all of its bounds", () => {
    const bounds = { gt: at(3), gte: at(1), lt: at(9), lte: at(7) }
    expect(timeRange(bounds)).toEqual({ from: at(4), until: at(8) })
  })
})

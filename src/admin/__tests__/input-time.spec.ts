import { atMinute, inputTime, isTime } from "../order-claims/page/input-time"

describe("the time in a form", () => {
  it("is that of the reader's clock, to the minute", () => {
    const date = new Date(2026, 0, 2, 3, 4)
    expect(inputTime(date)).toBe("2026-01-02T03:04")
    expect(atMinute("2026-01-02T03:04")).toEqual(date)
    expect(atMinute("2026-01-02T03:04", 1)).toEqual(new Date(2026, 0, 2, 3, 5))
  })

  it("may be none, after a typo in the year", () => {
    expect(isTime("2026-01-02T03:04")).toBe(true)
    expect(isTime("9998-12-31T23:59")).toBe(true)
    const typos = ["20266-11-21T10:00", "0202-11-21T10:00", "9999-12-31T23:59"]
    for (const text of ["", ...typos]) {
      expect([text, isTime(text)]).toEqual([text, false])
    }
  })
})

import { Kept } from "../kept"

describe("a cache", () => {
  it("makes the value of a key once", () => {
    const kept = new Kept<object>()
    const value = kept.get("en", () => ({}))
    expect(kept.get("en", () => ({}))).toBe(value)
    expect(kept.get("de", () => ({}))).not.toBe(value)
  })

  it("keeps that there is no value, too", () => {
    const kept = new Kept<string | undefined>()
    const make = jest.fn(() => undefined)
    kept.get("xx", make)
    expect(kept.get("xx", make)).toBeUndefined()
    expect(make).toHaveBeenCalledTimes(1)
  })

  it("forgets everything once it is full", () => {
    const kept = new Kept<object>(2)
    const value = kept.get("one", () => ({}))
    kept.get("two", () => ({}))
    expect(kept.get("one", () => ({}))).toBe(value)
    kept.get("three", () => ({}))
    expect(kept.get("one", () => ({}))).not.toBe(value)
  })

  it("keeps no value that could not be made", () => {
    const kept = new Kept<string>()
    const fail = () => {
      throw new Error("no such locale")
    }
    expect(() => kept.get("xx", fail)).toThrow("no such locale")
    expect(kept.get("xx", () => "made")).toBe("made")
  })
})

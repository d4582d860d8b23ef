import { baseKey, textKeys, TextSource } from "../texts"

describe("texts", () => {
  it("depend on the number of orders", () => {
    const texts = new TextSource().of("en")

    expect(texts("request.heading", { count: 3 })).toContain("3 orders")
    expect(
      texts("request.heading", { context: "single", number: "#7" })
    ).toContain("order #7")
  })

  it("of a shop come first; the others are built in", () => {
    const source = new TextSource({ en: { "request.button": "Aye!" } })

    expect(source.of("en")("request.button")).toBe("Aye!")
    expect(source.of("en-GB")("request.button")).toBe("Aye!")
    expect(source.of("en")("not_you")).toBe(
      new TextSource().of("en")("not_you")
    )
  })

  it("for a region are for its readers only", () => {
    const source = new TextSource({ "en-GB": { "request.button": "Indeed" } })

    expect(source.of("en-GB")("request.button")).toBe("Indeed")
    expect(source.of("en-US")("request.button")).not.toBe("Indeed")
  })

  it("of a shop may have forms that English does not", () => {
    const source = new TextSource({
      en: { "request.heading_other": "All {{count}} of them" },
    })
    expect(source.of("en")("request.heading", { count: 5 })).toBe(
      "All 5 of them"
    )
  })

  it("have a form for numbers that an older Node counts differently", () => {
    const select = jest
      .spyOn(Intl.PluralRules.prototype, "select")
      .mockReturnValue("many")
    const text = new TextSource().of("he")("more_orders", { count: 20 })
    select.mockRestore()

    expect(text).toBe(new TextSource().of("he")("more_orders", { count: 20 }))
    expect(text).toMatch(/[\u0590-\u05ff]/)
  })

  it("never interpolate the content of a value", () => {
    const texts = new TextSource().of("en")
    const hostile = "{{count}} $t(not_you) $& $1 {{- x}}"

    expect(
      texts("request.preheader", { claimant: hostile, duration: "1 minute" })
    ).toContain(hostile)
  })

  it("of a shop for all numbers replace the built-in ones for each", () => {
    const own = {
      "request.button": "Aye!",
      "request.heading": "Add {{count}}?",
    }
    const texts = new TextSource({ en: own }).of("en")
    expect(texts("request.button", { context: "single" })).toBe("Aye!")
    expect(texts("request.heading", { count: 2 })).toBe("Add 2?")
  })

  it("of a shop for one order leave the others as they are", () => {
    const own = { "request.button_single": "Aye!" }
    const texts = new TextSource({ en: own }).of("en")
    expect(texts("request.button", { context: "single" })).toBe("Aye!")
    expect(texts("request.button", { count: 2 })).toBe("Yes, add these orders")
  })

  it("have keys without their variants", () => {
    expect(baseKey("request.heading_single")).toBe("request.heading")
    expect(textKeys()).toContain("request.heading")
    expect([...textKeys()].filter((key) => key.endsWith("_other"))).toEqual([])
  })
})

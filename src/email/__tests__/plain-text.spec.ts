import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import { plainText } from "../plain-text"

const wild = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom(
        ..."\r\n\t\0\u0085\u2028\u2029\u202a\u202e\u2066\u2069\u200b\u200c\u200d\u200e\ufeff\u00ad\u061c ab",
        "\ud83d",
        "👩‍💻"
      ),
      { maxLength: 60 }
    )
    .map((parts) => parts.join(""))
)

describe("what people wrote", () => {
  it.each([
    ["Greta Guest", "Greta Guest"],
    ["  Greta\tGuest  ", "Greta Guest"],
    ["Greta\r\nBcc: eve@evil.example", "Greta Bcc: eve@evil.example"],
    ["two\u2028lines", "two lines"],
    ["two\u2029paragraphs", "two paragraphs"],
    ["a\u0085b\u000bc\fd", "a b c d"],
    ["no\u00a0break", "no break"],
    ["Gre\0ta", "Gre ta"],
    ["abc\u202edef\u202c", "abc def"],
    ["\u2066isolated\u2069", "isolated"],
    ["\u200eleft\u200fright\u061c", "left right"],
    ["zero\u200bwidth\ufeff", "zero width"],
    ["a lone \ud83d surrogate", "a lone surrogate"],
    ["\u001b[31mred\u001b[0m", "[31mred [0m"],
    ["<b>bold</b>", "<b>bold</b>"],
    ["", ""],
    [" \n\t ", ""],
  ])("becomes one printable line: %j", (text, line) => {
    expect(plainText(text, 80)).toBe(line)
  })

  it.each([
    ["an emoji family", "👩‍👩‍👧‍👦"],
    ["a skin tone", "👋🏽"],
    ["a heart on fire", "❤️‍🔥"],
    ["Persian with its non-joiner", "می‌خواهم"],
    ["Hindi with its joiner", "क्‍ष"],
    ["Arabic", "غريتا"],
    ["Hebrew", "גרטה"],
    ["accents", "Zoë Müller-Ångström"],
    ["combining accents", "Zoe\u0308"],
    ["Chinese", "格蕾塔"],
  ])("stays as it is: %s", (_, text) => {
    expect(plainText(text, 80)).toBe(text)
  })

  it("that is longer than allowed ends with an ellipsis", () => {
    expect(plainText("abcdef", 6)).toBe("abcdef")
    expect(plainText("abcdefg", 6)).toBe("abcde…")
    expect(plainText("abcd efg", 6)).toBe("abcd…")
  })

  it("is counted in characters, and none is cut in half", () => {
    expect(plainText("😀😀😀", 3)).toBe("😀😀😀")
    expect(plainText("😀😀😀😀", 3)).toBe("😀😀…")
    expect(plainText("😀".repeat(1000), 3)).toBe("😀😀…")
    // A surrogate pair at the end of the part that is read.
    expect(plainText(`a${" ".repeat(9998)}😀`, 3)).toBe("a…")
  })

  it.each([undefined, null, 42, {}, ["text"], Symbol("s")])(
    "is empty if it is not a string: %p",
    (value) => {
      expect(plainText(value, 80)).toBe("")
    }
  )

  it("is one bounded line without control or bidirectional characters", () => {
    fc.assert(
      fc.property(wild, fc.integer({ min: 1, max: 100 }), (text, max) => {
        const line = plainText(text, max)
        expect([...line].length).toBeLessThanOrEqual(max)
        expect(line).not.toMatch(/(?![\u200c\u200d])\p{C}/u)
        expect(line).not.toMatch(/(?! )\p{Z}/u)
        expect(line).toBe(line.trim())
      }),
      { numRuns: campaign(400, 2000) }
    )
  })

  it("keeps every letter and digit of a short text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (text) => {
        const letters = (value: string) => value.match(/[\p{L}\p{N}]/gu) ?? []
        expect(letters(plainText(text, 200))).toEqual(letters(text))
      })
    )
  })

  it("does not change when cleaned again", () => {
    fc.assert(
      fc.property(wild, (text) => {
        const once = plainText(text, 1000)
        expect(plainText(once, 1000)).toBe(once)
      })
    )
  })
})

describe("text that hides", () => {
  it("behind a lot of white space is found", () => {
    expect(plainText(`a${" ".repeat(600)}bcd`, 60)).toBe("a bcd")
  })

  it("of nothing but joiners is empty", () => {
    expect(plainText("\u200d\u200c", 60)).toBe("")
  })

  it("beyond the limit for reading ends with an ellipsis", () => {
    expect(plainText(`a${" ".repeat(20_000)}b`, 60)).toBe("a…")
  })
})

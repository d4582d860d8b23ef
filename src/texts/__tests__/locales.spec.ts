import { readdirSync } from "fs"
import { MAX_ORDERS_PER_CLAIM } from "../../claims/claim"
import { Language, LANGUAGES } from "../locale"
import { baseKey } from "../texts"
import { folder, textsOf } from "./texts-of"

const placeholders = (text: string) =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort()

const counts = Array.from({ length: MAX_ORDERS_PER_CLAIM }, (_, n) => n + 1)

/** Counts the numbers for which each plural form of a language is used. */
function pluralForms(language: string): Map<string, number> {
  const rules = new Intl.PluralRules(language)
  const forms = new Map<string, number>()
  for (const count of counts) {
    const form = rules.select(count)
    forms.set(form, (forms.get(form) ?? 0) + 1)
  }
  return forms
}

/** The marks that end sentences; a colon or an address may follow a request to write. */
const ENDS_SENTENCE = /[.?!…。？！؟;]$|[:：] ?\{\{email\}\}[.。]?$/u
/** The Greek question mark looks like a semicolon. */
const ENDS_QUESTION = /[?？؟;]$/

const FORM = /_(zero|one|two|few|many|other)$/
const english = textsOf("en")
const others = LANGUAGES.filter((language) => language !== "en")

describe("the languages of the emails", () => {
  it("are those with a file", () => {
    const files = readdirSync(folder).map((file) => file.replace(".json", ""))

    expect(files.sort()).toEqual([...LANGUAGES].sort())
    expect(LANGUAGES.length).toBeGreaterThanOrEqual(24)
  })

  describe.each<Language>([...LANGUAGES])("%s", (language) => {
    const texts = textsOf(language)
    const plurals = pluralForms(language)

    it("has every text, and no other", () => {
      const keys = (of: Map<string, string>) =>
        [...new Set([...of.keys()].map(baseKey))].sort()

      expect(keys(texts)).toEqual(keys(english))
    })

    it("has a text where English has one for a single order", () => {
      const single = (of: Map<string, string>) =>
        [...of.keys()].filter((key) => key.endsWith("_single")).sort()

      expect(single(texts)).toEqual(single(english))
    })

    it("has every plural form of its language, and no other", () => {
      const counted = [...english.keys()].filter((key) => FORM.test(key))
      for (const key of new Set(counted.map(baseKey))) {
        const forms = [...texts.keys()]
          .filter((own) => FORM.test(own) && baseKey(own) === key)
          .map((own) => FORM.exec(own)?.[1])

        expect([key, forms.sort()]).toEqual([key, [...plurals.keys()].sort()])
      }
    })

    it("has the placeholders of English in every text", () => {
      for (const [key, text] of texts) {
        const form = FORM.exec(key)?.[1]
        const model = form ? `${baseKey(key)}_other` : key
        const expected = placeholders(english.get(model) ?? "")
        // "Two orders" may be one word.
        const isOneNumber = form && plurals.get(form) === 1
        const given = placeholders(text)
        const wanted =
          isOneNumber && !given.includes("count")
            ? expected.filter((name) => name !== "count")
            : expected

        expect([key, given]).toEqual([key, wanted])
      }
    })

    it("has whole sentences where English has them", () => {
      for (const [key, text] of texts) {
        const form = FORM.exec(key)?.[1]
        const model = english.get(form ? `${baseKey(key)}_other` : key) ?? ""
        if (ENDS_SENTENCE.test(model)) {
          expect([key, text]).toEqual([
            key,
            expect.stringMatching(ENDS_SENTENCE),
          ])
        }
        if (model.endsWith("?")) {
          expect([key, text]).toEqual([
            key,
            expect.stringMatching(ENDS_QUESTION),
          ])
        }
      }
    })

    // An own claim has one reader, and an old link is opened long after the emails.
    it("promises no email on the page of orders that went back", () => {
      expect(texts.get("page.reverted.text")).toBe(
        texts.get("page.declined.text")
      )
    })

    it("has no text that is empty, untrimmed or with markup", () => {
      for (const text of texts.values()) {
        expect(text).toBe(text.trim())
        expect(text).toMatch(/\p{L}/u)
        expect(text).not.toMatch(/[<>\p{Cc}]|\$t\(/u)
      }
    })
  })

  it.each<Language>([...others])(
    "%s repeats no English sentence",
    (language) => {
      const texts = textsOf(language)
      const same = [...texts].filter(
        ([key, text]) => english.get(key) === text && /\w+ \w+ \w+/.test(text)
      )
      expect(same).toEqual([])
    }
  )
})

import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import {
  directionOf,
  fallbackChain,
  LANGUAGES,
  languageOf,
  localeOfCountry,
  parseLocale,
} from "../locale"

describe("a locale", () => {
  it.each([
    ["de", "de"],
    ["de-AT", "de-AT"],
    ["de_at", "de-AT"],
    ["EN-us", "en-US"],
    ["no", "no"],
    ["nn-NO", "nn-NO"],
    ["zh-TW", "zh-TW"],
    ["zh-hant-hk", "zh-Hant-HK"],
    ["de-Latn-AT-u-ca-buddhist", "de-AT"],
    ["iw", "he"],
  ])("%s is read as %s", (given, expected) => {
    expect(parseLocale(given)).toBe(expected)
  })

  it.each([
    "",
    "xx",
    "hi-IN",
    "tlh",
    "not a tag",
    "de-",
    "de\r\nBcc: x",
    "x".repeat(1000),
    null,
    7,
    {},
    ["de"],
  ])("is not read from %j", (given) => {
    expect(parseLocale(given)).toBeUndefined()
  })

  it("never has a language that was not asked for", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.anything()), (given) => {
        const locale = parseLocale(given)
        if (locale === undefined) return
        expect(locale).toMatch(
          /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2}|-\d{3})?$/
        )
        expect(LANGUAGES).toContain(languageOf(locale))
      }),
      { numRuns: campaign(400, 2000) }
    )
  })

  it.each([
    ["at", "de-AT"],
    ["AT", "de-AT"],
    ["tw", "zh-TW"],
    ["cn", "zh-CN"],
    ["no", "nb-NO"],
    ["us", "en-US"],
    ["mt", "mt-MT"],
    ["il", "he-IL"],
    ["br", "pt-BR"],
    ["pt", "pt-PT"],
    ["ao", "pt-AO"],
  ])("of the country %s is %s", (country, expected) => {
    expect(localeOfCountry(country)).toBe(expected)
  })

  it.each(["in", "zz", "", "deu", "d\0", null, 49])(
    "cannot be found for the country %j",
    (country) => {
      expect(localeOfCountry(country)).toBeUndefined()
    }
  )

  it.each([
    ["zh-TW", "zh-Hant"],
    ["zh-HK", "zh-Hant"],
    ["zh", "zh-Hans"],
    ["zh-SG", "zh-Hans"],
    ["no", "nb"],
    ["nn", "nb"],
    ["pt-BR", "pt-BR"],
    ["pt_br", "pt-BR"],
    ["pt-Latn-BR", "pt-BR"],
    ["pt", "pt"],
    ["pt-PT", "pt"],
    ["pt-AO", "pt"],
  ])("%s uses the texts of %s", (locale, language) => {
    expect(languageOf(locale)).toBe(language)
  })

  it("falls back from its region to its language to English", () => {
    expect(fallbackChain("de-AT")).toEqual(["de-AT", "de", "en"])
    expect(fallbackChain("pt")).toEqual(["pt", "en"])
    expect(fallbackChain("pt-AO")).toEqual(["pt-AO", "pt", "en"])
    expect(fallbackChain("pt-BR")).toEqual(["pt-BR", "en"])
    expect(fallbackChain("zh-TW")).toEqual(["zh-TW", "zh-Hant", "en"])
    expect(fallbackChain("en-GB")).toEqual(["en-GB", "en"])
    expect(fallbackChain("en")).toEqual(["en"])
  })

  it("has a direction", () => {
    expect(["ar-EG", "he", "de", "ja"].map(directionOf)).toEqual([
      "rtl",
      "rtl",
      "ltr",
      "ltr",
    ])
  })
})

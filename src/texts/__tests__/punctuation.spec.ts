import { Language, LANGUAGES } from "../locale"
import { textsOf } from "./texts-of"

/** Patterns that a text must not match, by what is wrong with it. */
type Mistakes = Record<string, RegExp>

/** The marks of Chinese and Japanese are as wide as a character, and bring their space. */
const WIDE: Mistakes = {
  "a narrow mark": /[.,:;?!()]/,
  "a space beside a wide mark":
    /[、。，：；？！（）【】] | [、。，：；？！（）【】]/,
}

const MISTAKES: Partial<Record<Language, Mistakes>> = {
  ar: { "a Latin mark": /[,;?]/ },
  el: { "a Latin question mark": /\?/ },
  es: { "a question without its first mark": /^[^¿]*\?|\?[^¿]*\?/ },
  fr: {
    "a mark without its no-break space":
      /[^\u00a0\u202f][;:?!»]|«[^\u00a0\u202f]/,
    "a space that may break before a mark": / [;:?!»]|« /,
    "a straight apostrophe": /'/,
  },
  ja: WIDE,
  "zh-Hans": WIDE,
  "zh-Hant": WIDE,
}

const SPACES: Mistakes = {
  "a space before a mark": / [.,:;?!)،؛؟]/,
  "no space after a mark": /[.,;:?!،؛؟](?=[\p{L}{])/u,
  "two spaces": /\s\s/,
}

describe.each<Language>([...LANGUAGES])("the punctuation of %s", (language) => {
  const mistakes = { ...SPACES, ...MISTAKES[language] }

  it.each(Object.entries(mistakes))("has nowhere %s", (_, pattern) => {
    const wrong = [...textsOf(language)].filter(([, text]) =>
      pattern.test(text.replace(/{{\w+}}/g, "{}"))
    )
    expect(wrong).toEqual([])
  })
})

describe("a mistake", () => {
  it.each<[Language, string]>([
    ["ar", "وافقت, ثم انتقل"],
    ["ar", "هل هذا خطأ?"],
    ["es", "Es un error?"],
    ["fr", "Est-ce une erreur ?"],
    ["fr", "Est-ce une erreur?"],
    ["fr", "le « lien »"],
    ["ja", "はい, 追加する"],
    ["ja", "はい、 追加する"],
    ["ja", "連絡ください:{}"],
    ["zh-Hans", "有疑问?请来信"],
    ["zh-Hant", "請重試。 謝謝"],
    ["de", "Ja , gern"],
    ["de", "Ja,gern"],
  ])("is found in %s: %s", (language, text) => {
    const patterns = Object.values({ ...SPACES, ...MISTAKES[language] })
    expect(patterns.some((pattern) => pattern.test(text))).toBe(true)
  })
})

import type { i18n } from "i18next"
import { Kept } from "../values/kept"
import { fallbackChain, LANGUAGES } from "./locale"

/** A shop's own texts, by locale and key: `{ de: { "request.button": "Ja" } }`. */
export type TextOverrides = Record<string, Record<string, string>>

/** The values that a text shows, and those that select its form: `count`, `context`. */
export type TextValues = Record<string, string | number | undefined>

/** Returns a text of one locale, by key. */
export type Texts = (key: string, values?: TextValues) => string

/** Finds texts: in each language of the chain, a shop's own before the built-in ones. */
export class TextSource {
  private instance?: i18n
  private readonly texts = new Map<string, Texts>()

  constructor(private readonly overrides: TextOverrides = {}) {}

  /** Returns the texts of a locale. Loads them on first use, not at the shop's start. */
  of(locale: string): Texts {
    const chain = fallbackChain(locale).filter((code) => this.has(code))
    const name = chain.join()
    const texts = this.texts.get(name) ?? this.make(chain)
    this.texts.set(name, texts)
    return texts
  }

  private has(code: string): boolean {
    return isBuiltIn(code) || code in this.overrides
  }

  private make(chain: string[]): Texts {
    for (const code of chain) this.load(code)
    const translate = this.i18n.getFixedT(chain)
    // Most texts show no value, and are the same in every mail.
    const plain = new Kept<string>()
    return (key, values) =>
      values ? translate(key, values) : plain.get(key, () => translate(key))
  }

  private load(code: string): void {
    if (this.i18n.hasResourceBundle(code, NAMESPACE)) return
    this.i18n.addResourceBundle(code, NAMESPACE, withSpareForms(builtIn(code)))
    const own = this.overrides[code] ?? {}
    for (const key of keysOf(builtIn(code))) {
      // A shop's text for all numbers also replaces the built-in one for a single order.
      const text = own[key] ?? own[baseKey(key)]
      if (text) this.i18n.addResource(code, NAMESPACE, key, text)
    }
    for (const [key, text] of Object.entries(own)) {
      this.i18n.addResource(code, NAMESPACE, key, text)
    }
  }

  private get i18n(): i18n {
    this.instance ??= createInstance()
    return this.instance
  }
}

const NAMESPACE = "email"

function createInstance(): i18n {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createInstance } = require("i18next") as typeof import("i18next")
  const instance = createInstance()
  void instance.init({
    resources: {},
    ns: NAMESPACE,
    defaultNS: NAMESPACE,
    fallbackLng: false,
    // Initializes at once, not in a later turn of the event loop.
    initImmediate: false,
    // Templates escape what goes into HTML; a subject must not be escaped.
    interpolation: { escapeValue: false },
  })
  return instance
}

function isBuiltIn(code: string): boolean {
  return (LANGUAGES as readonly string[]).includes(code)
}

function builtIn(code: string): object {
  if (!isBuiltIn(code)) return {}
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  return require(`./locales/${code}.json`) as object
}

/**
 * Adds a text for missing plural forms, the one for other numbers. Older releases of
 * Node ask for forms that newer ones have dropped (Hebrew had one for tens).
 */
function withSpareForms(texts: object): object {
  const entries = Object.entries(texts) as [string, unknown][]
  return Object.fromEntries(
    entries.flatMap(([key, value]) => {
      if (typeof value === "object") {
        return [[key, withSpareForms(value as object)]]
      }
      const spare = key.endsWith("_other") ? [[baseKey(key), value]] : []
      return [[key, value], ...spare]
    })
  ) as object
}

/** The suffix of a key for a count or a context: `request.subject_other`. */
const VARIANT = /_(?:zero|one|two|few|many|other|single)$/

/** Removes the suffix of a count or a context from a key. */
export function baseKey(key: string): string {
  return key.replace(VARIANT, "")
}

/** Lists all keys, without those suffixes: the keys that overrides may have. */
export function textKeys(): Set<string> {
  return new Set(keysOf(builtIn("en")).map(baseKey))
}

/** Lists the keys of nested texts, joined with dots. */
function keysOf(texts: object, under = ""): string[] {
  return Object.entries(texts).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string"
      ? [under + name]
      : keysOf(Object(value) as object, `${under}${name}.`)
  )
}

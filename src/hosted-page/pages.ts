import { createHash } from "crypto"
import { withHelpers } from "../email/template-helpers"
import { parseLocale } from "../texts/locale"
import type { TextSource } from "../texts/texts"
import type { PageResult } from "./conversation"
import type { Looks } from "./looks"
import { statusOf } from "./page-state"
import { PageView, pageView } from "./page-view"

/** A page, ready to be sent. */
export interface Page {
  status: number
  html: string
  /** Its Content-Security-Policy: nothing but its own style and form. */
  policy: string
  /** An unexpected error, for the log. */
  error: unknown
}

/** The parts that the page uses. */
export interface PageDependencies {
  settings: { locale: string; tokenParam: string }
  texts: TextSource
  looks: Looks
}

/** A header may name thousands of languages, and each takes time to parse. */
const MOST_LANGUAGES = 10

/** Makes the hosted page. */
export class Pages {
  constructor(private readonly dependencies: PageDependencies) {}

  /** The looks of the pages. */
  get looks(): Looks {
    return this.dependencies.looks
  }

  /** Reads the token from the query of a request; empty if there is none. */
  tokenIn(query: Record<string, unknown>): string {
    const token = query[this.dependencies.settings.tokenParam]
    return typeof token === "string" ? token : ""
  }

  /**
   * Makes the page.
   *
   * @param languages - the browser's preferred ones, used if there is no claim
   */
  async make(result: PageResult, languages: string[]): Promise<Page> {
    const { settings, texts, looks } = this.dependencies
    const look = result.look ?? (await looks.of(result))
    // Without a look of its own, the page says nothing: neither question nor buttons.
    const facts =
      look.error && !result.look
        ? { state: "failed" as const, token: "", locale: result.locale }
        : result
    // `null`: the claim has no locale, and was mailed in the shop's own.
    const own = facts.locale === null ? settings.locale : facts.locale
    const wanted = [look.locale, own, ...languages.slice(0, MOST_LANGUAGES)]
    const locale = [...wanted, settings.locale]
      .map(parseLocale)
      .find((known) => known !== undefined) as string
    const view = pageView({ ...facts, ...look, locale }, texts.of(locale))
    const style = styleOf(view)
    return {
      status: statusOf(facts.state),
      html: render({ ...view, style }),
      policy: policyFor(style),
      error: result.error ?? look.error,
    }
  }
}

function styleOf({ brand }: PageView): string {
  const { style } = compiled()
  const { color, text_color, border_color } = brand
  return `:root{--brand:${color};--on-brand:${text_color};--brand-border:${border_color}}${style}`
}

function policyFor(style: string): string {
  const hash = createHash("sha256").update(style).digest("base64")
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    // For the empty icon: without it, a browser asks the shop's server for one.
    "img-src data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ")
}

let template: ((view: PageView & { style: string }) => string) | undefined

/** Loads the template on first use, so that it does not slow the shop's start. */
function render(view: PageView & { style: string }): string {
  template ??= load()
  return template(view)
}

/* eslint-disable @typescript-eslint/no-require-imports */
function load(): NonNullable<typeof template> {
  const handlebars =
    require("handlebars/runtime") as typeof import("handlebars/runtime")
  return withHelpers(handlebars).template(compiled().page)
}

function compiled() {
  return require("./compiled-page") as typeof import("./compiled-page")
}
/* eslint-enable @typescript-eslint/no-require-imports */

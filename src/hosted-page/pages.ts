import { createHash } from "crypto"
import type { BrandSettings } from "../email/brand-view"
import { parseLocale } from "../texts/locale"
import type { TextSource } from "../texts/texts"
import { statusOf } from "./page-state"
import { PageFacts, PageView, pageView } from "./page-view"

/** A page, ready to be sent. */
export interface Page {
  status: number
  html: string
  /** Its Content-Security-Policy: nothing but its own style and form. */
  policy: string
}

/** The parts that the page uses. */
export interface PageDependencies {
  settings: { brand: BrandSettings; locale: string; tokenParam: string }
  texts: TextSource
  /** Loads the name of the store, as set in the admin. */
  loadStoreName: () => Promise<string | undefined>
}

/** A header may name thousands of languages, and each takes time to parse. */
const MOST_LANGUAGES = 10

/** Makes the hosted page. */
export class Pages {
  constructor(private readonly dependencies: PageDependencies) {}

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
  async make(
    facts: Omit<PageFacts, "brand" | "locale" | "storeName"> & {
      locale?: string | null
    },
    languages: string[]
  ): Promise<Page> {
    const { settings, texts } = this.dependencies
    const { brand } = settings
    // `null`: the claim has no locale, and was mailed in the shop's own.
    const own = facts.locale === null ? settings.locale : facts.locale
    const locale = [own, ...languages.slice(0, MOST_LANGUAGES), settings.locale]
      .map(parseLocale)
      .find((known) => known !== undefined) as string
    const storeName = brand.name ?? (await this.storeName())
    const view = pageView(
      { ...facts, locale, brand, storeName },
      texts.of(locale)
    )
    const style = styleOf(view)
    return {
      status: statusOf(facts.state),
      html: render({ ...view, style }),
      policy: policyFor(style),
    }
  }

  /** Ignores a failure: the page must be shown even if the database is down. */
  private storeName(): Promise<string | undefined> {
    return this.dependencies.loadStoreName().catch(() => undefined)
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
  return handlebars.template(compiled().page)
}

function compiled() {
  return require("./compiled-page") as typeof import("./compiled-page")
}
/* eslint-enable @typescript-eslint/no-require-imports */

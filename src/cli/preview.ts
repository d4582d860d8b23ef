import { mkdirSync, writeFileSync } from "fs"
import { join, resolve } from "path"
import { pathToFileURL } from "url"
import { LANGUAGES } from "../texts/locale"
import type { Renderer } from "../email/renderer"
import { createEmailWriter } from "../email/writer"
import { parseOptions, Settings } from "../options/settings"
import { openInBrowser } from "./browser"
import { chosenLocale } from "./chosen-locale"
import { ChooseSettings, exampleStorefront } from "./example-storefront"
import { examples, ExampleSetup } from "./examples"
import { indexPage, Written } from "./preview-index"
import { loadStoreConfig } from "./store-config"

/** The options of the command `preview`. */
export interface PreviewOptions {
  config: string
  locale?: string
  /** The id of an order of the store, for the option `storefront`. */
  order?: string
  out: string
  open?: boolean
}

/** Options of the plugin, for a folder without a store's configuration. */
const EXAMPLE_OPTIONS = {
  claim_url: "https://shop.example/account/claim-order",
  from: "Hill & Valley <orders@shop.example>",
  brand: {
    name: "Hill & Valley",
    url: "https://shop.example",
    color: "#1d4ed8",
    support_email: "help@shop.example",
    address: "Hill & Valley, 1 Long Lane, Valley",
  },
}

/** Writes every message in every language, light and dark, and a page that lists them. */
export async function preview({
  config,
  locale,
  order,
  out,
  open,
}: PreviewOptions): Promise<void> {
  const locales = locale === undefined ? [...LANGUAGES] : [chosenLocale(locale)]
  const { settings, projectConfig } = storeOf(config)
  const choose = await exampleStorefront(settings, projectConfig, order)
  const { texts, renderer } = createEmailWriter(settings.templates, console)
  const folder = resolve(out)
  mkdirSync(folder, { recursive: true })

  const written: Written[] = []
  for (const locale of locales) {
    const setup = { settings, texts, locale }
    written.push(...(await writeAll(folder, renderer, setup, choose)))
  }
  const index = join(folder, "index.html")
  writeFileSync(index, indexPage(written))
  console.log(`${written.length} messages: ${index}`)
  if (open) openInBrowser(pathToFileURL(index).href)
}

async function writeAll(
  folder: string,
  renderer: Renderer,
  setup: ExampleSetup & { settings: Settings },
  choose: ChooseSettings
): Promise<Written[]> {
  const written: Written[] = []
  for (const { name, title, make } of examples) {
    const { settings } = setup
    const { message } = make(setup)
    const chosen = await choose(message, setup.locale)
    const view = make({ ...setup, settings: { ...settings, ...chosen } })
    const { subject, html, text } = await renderer.render(view)
    const file = `${setup.locale}-${name}`
    writeFileSync(join(folder, `${file}.html`), html)
    writeFileSync(join(folder, `${file}-dark.html`), alwaysDark(html))
    writeFileSync(join(folder, `${file}.txt`), `${subject}\n\n${text}`)
    written.push({ file, locale: setup.locale, title, subject })
  }
  return written
}

/** Makes an email look as in dark mode, whatever this browser prefers. */
function alwaysDark(html: string): string {
  return html.replace(/\(prefers-color-scheme:\s*dark\)/g, "(min-width: 0)")
}

function storeOf(config: string) {
  const store = loadStoreConfig(config)
  return {
    settings: parseOptions(store?.options ?? EXAMPLE_OPTIONS),
    projectConfig: store?.projectConfig ?? {},
  }
}

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
import { writeBoth } from "./preview-files"
import { indexPage, Written } from "./preview-index"
import { writePages } from "./preview-pages"
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

/**
 * Writes every message and every state of the hosted page in every language, light and
 * dark, and a page that lists them.
 */
export async function preview({
  config,
  locale,
  order,
  out,
  open,
}: PreviewOptions): Promise<void> {
  const { settings, projectConfig } = storeOf(config)
  const locales =
    locale === undefined ? ownFirst(settings.locale) : [chosenLocale(locale)]
  const choose = await exampleStorefront(settings, projectConfig, order)
  const { texts, renderer } = createEmailWriter(settings.templates, console)
  const folder = resolve(out)
  mkdirSync(folder, { recursive: true })

  const written: Written[] = []
  for (const locale of locales) {
    const setup = { settings, texts, locale }
    written.push(...(await writeAll(folder, renderer, setup, choose)))
    const chosen = await choose("hosted-page", locale)
    const ofPages = { ...setup, settings: { ...settings, ...chosen } }
    written.push(...(await writePages(folder, ofPages)))
  }
  const index = join(folder, "index.html")
  writeFileSync(index, indexPage(written))
  const mails = written.filter(({ subject }) => subject !== undefined).length
  console.log(
    `${mails} messages, ${written.length - mails} hosted pages: ${index}`
  )
  if (open) openInBrowser(pathToFileURL(index).href)
}

/** Lists all languages, the shop's own before the others. */
function ownFirst(own: string): string[] {
  return [own, ...LANGUAGES.filter((language) => language !== own)]
}

async function writeAll(
  folder: string,
  renderer: Renderer,
  setup: ExampleSetup & { settings: Settings },
  choose: ChooseSettings
): Promise<Written[]> {
  const written: Written[] = []
  for (const { name, title, make } of examples) {
    const { settings, locale } = setup
    const { message } = make(setup)
    const chosen = await choose(message, locale)
    const view = make({ ...setup, settings: { ...settings, ...chosen } })
    const { subject, html, text } = await renderer.render(view)
    const file = writeBoth(folder, `${locale}-${name}`, html)
    writeFileSync(`${file}.html`, html)
    writeFileSync(`${file}.txt`, `${subject}\n\n${text}`)
    written.push({ group: message, name, locale, title, subject })
  }
  return written
}

function storeOf(config: string) {
  const store = loadStoreConfig(config)
  return {
    settings: parseOptions(store?.options ?? EXAMPLE_OPTIONS),
    projectConfig: store?.projectConfig ?? {},
  }
}

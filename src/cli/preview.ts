import { mkdirSync, writeFileSync } from "fs"
import { join, resolve } from "path"
import { pathToFileURL } from "url"
import { LANGUAGES } from "../texts/locale"
import type { Renderer } from "../email/renderer"
import { createEmailWriter } from "../email/writer"
import { parseOptions, Settings } from "../options/settings"
import { openInBrowser } from "./browser"
import { chosenLocale } from "./chosen-locale"
import { examples, ExampleSetup } from "./examples"
import { writeBoth } from "./preview-files"
import { indexPage, Written } from "./preview-index"
import { writePages } from "./preview-pages"
import { loadStoreConfig } from "./store-config"

/** The options of the command `preview`. */
export interface PreviewOptions {
  config: string
  locale?: string
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
  out,
  open,
}: PreviewOptions): Promise<void> {
  const settings = settingsOf(config)
  const locales =
    locale === undefined ? ownFirst(settings.locale) : [chosenLocale(locale)]
  const { texts, renderer } = createEmailWriter(settings.templates, console)
  const folder = resolve(out)
  mkdirSync(folder, { recursive: true })

  const written: Written[] = []
  for (const locale of locales) {
    const setup = { settings, texts, locale }
    written.push(...(await writeAll(folder, renderer, setup)))
    written.push(...(await writePages(folder, setup)))
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
  setup: ExampleSetup
): Promise<Written[]> {
  const written: Written[] = []
  for (const { name, title, make } of examples) {
    const view = make(setup)
    const { subject, html, text } = await renderer.render(view)
    const { locale } = setup
    const file = writeBoth(folder, `${locale}-${name}`, html)
    writeFileSync(`${file}.html`, html)
    writeFileSync(`${file}.txt`, `${subject}\n\n${text}`)
    written.push({ group: view.message, name, locale, title, subject })
  }
  return written
}

function settingsOf(config: string): Settings {
  const store = loadStoreConfig(config)
  return parseOptions(store?.options ?? EXAMPLE_OPTIONS)
}

import { Looks } from "../hosted-page/looks"
import { Pages } from "../hosted-page/pages"
import type { Settings } from "../options/settings"
import type { ExampleSetup } from "./examples"
import { pageExamples } from "./page-examples"
import type { TextSource } from "../texts/texts"
import { writeBoth } from "./preview-files"
import type { Written } from "./preview-index"

/** The settings and texts of an example, and those of the page. */
interface PageSetup extends ExampleSetup {
  settings: ExampleSetup["settings"] & Pick<Settings, "locale">
}

/** Makes the hosted page of a shop without a database. */
export function examplePages(
  settings: PageSetup["settings"],
  texts: TextSource
): Pages {
  const looks = new Looks({
    settings,
    storefront: undefined,
    loadStoreName: () => Promise.resolve(undefined),
    loadOrders: () => Promise.resolve(new Map()),
  })
  return new Pages({ settings, texts, looks })
}

/** Writes the hosted page in every state, light and dark. */
export async function writePages(
  folder: string,
  setup: PageSetup
): Promise<Written[]> {
  const { settings, texts, locale } = setup
  const pages = examplePages(settings, texts)
  const written: Written[] = []
  for (const { name, title, make } of pageExamples) {
    const { html } = await pages.make({ ...make(setup), locale }, [])
    writeBoth(folder, `${locale}-${name}`, html)
    written.push({ group: "hosted-page", name, locale, title })
  }
  return written
}

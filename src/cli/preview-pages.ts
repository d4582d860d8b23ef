import { Pages } from "../hosted-page/pages"
import type { Settings } from "../options/settings"
import type { ExampleSetup } from "./examples"
import { pageExamples } from "./page-examples"
import { writeBoth } from "./preview-files"
import type { Written } from "./preview-index"

/** The settings and texts of an example, and those of the page. */
interface PageSetup extends ExampleSetup {
  settings: ExampleSetup["settings"] & Pick<Settings, "locale">
}

/** Writes the hosted page in every state, light and dark. */
export async function writePages(
  folder: string,
  setup: PageSetup
): Promise<Written[]> {
  const { settings, texts, locale } = setup
  const loadStoreName = () => Promise.resolve(undefined)
  const pages = new Pages({ settings, texts, loadStoreName })
  const written: Written[] = []
  for (const { name, title, make } of pageExamples) {
    const { html } = await pages.make({ ...make(setup), locale }, [])
    writeBoth(folder, `${locale}-${name}`, html)
    written.push({ group: "hosted-page", name, locale, title })
  }
  return written
}

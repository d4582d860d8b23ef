import type { Browser } from "playwright-core"
import { brandOf } from "../../examples/demo/start"
import { examples } from "../../src/cli/examples"
import { pageExamples } from "../../src/cli/page-examples"
import { renderBuiltIn } from "../../src/email/built-in"
import { examplePages } from "../../src/cli/preview-pages"
import { parseOptions } from "../../src/options/settings"
import { TextSource } from "../../src/texts/texts"
import { drawSheet, SHOP, takePicture } from "./sheet"

const settings = parseOptions({
  claim_url: `${SHOP}/account/claim-order`,
  from: "Hill & Valley <orders@shop.example>",
  brand: { ...brandOf(SHOP), support_email: "help@shop.example" },
})
const texts = new TextSource()

/** An example, by name, and its looks. */
interface Shown {
  name: string
  locale: string
  dark?: boolean
  width?: number
}

const PHONE = 360

const SHEETS: Record<string, Shown[]> = {
  "claim-request": [
    { name: "claim-request", locale: "en" },
    { name: "claim-request", locale: "ar" },
    { name: "claim-request", locale: "de", dark: true },
    { name: "claim-request", locale: "ja", dark: true },
  ],
  "claim-confirmed": [
    { name: "claim-confirmed-recipient", locale: "en" },
    { name: "claim-confirmed-recipient", locale: "de", dark: true },
    { name: "claim-confirmed-recipient", locale: "ja" },
    { name: "claim-confirmed-claimant", locale: "ar", dark: true },
  ],
  "claim-reverted": [
    { name: "claim-reverted-recipient", locale: "en" },
    { name: "claim-reverted-recipient", locale: "de", dark: true },
    { name: "claim-reverted-claimant", locale: "ja" },
    { name: "claim-reverted-claimant", locale: "ar", dark: true },
  ],
  "hosted-page": [
    { name: "page-open", locale: "en", width: 700 },
    { name: "page-open", locale: "de", dark: true },
  ],
}

/** Draws the mails and the hosted page, each in several languages, light and dark. */
export async function drawMails(browser: Browser): Promise<void> {
  for (const [sheet, shown] of Object.entries(SHEETS)) {
    const columns: Buffer[][] = []
    for (const { width = PHONE, dark, ...each } of shown) {
      const html = await htmlOf(each)
      columns.push([await takePicture(browser, html, { width, dark })])
    }
    await drawSheet(browser, sheet, columns)
  }
}

async function htmlOf({ name, locale }: Shown): Promise<string> {
  const setup = { settings, texts, locale }
  const page = pageExamples.find((example) => example.name === name)
  if (page) {
    const pages = examplePages(settings, texts)
    return (await pages.make({ ...page.make(setup), locale }, [])).html
  }
  const message = examples.find((example) => example.name === name)
  if (!message) throw new Error(`there is no example ${name}`)
  const view = message.make(setup)
  const items = view.orders.flatMap((order) => order.items)
  items.forEach((item, n) => {
    item.thumbnail = `${SHOP}/${n % 2 ? "mug" : "shirt"}.svg`
  })
  return renderBuiltIn(view).html
}

import { readFileSync } from "node:fs"
import path from "node:path"
import type { Browser } from "playwright-core"
import { repository } from "../../integration-tests/stock-store"

/** The made-up shop of the mails and pages. */
export const SHOP = "https://shop.example"

/** The folders of the pictures that this shop's mails load. */
const FOLDERS: Record<string, string> = {
  ".svg": "docs/pictures",
  ".png": "examples/storefront/public",
}

const TYPES: Record<string, string> = {
  ".svg": "image/svg+xml",
  ".png": "image/png",
}

/** The file of a finished picture. */
export const imageFile = (name: string): string =>
  path.join(repository, "docs", "images", `${name}.png`)

/** The size and colours in which HTML is shown. */
interface Look {
  width: number
  dark?: boolean
}

/** Takes a picture of HTML, as high as it is. What it loads comes from this repository. */
export async function takePicture(
  browser: Browser,
  html: string,
  { width, dark = false }: Look
): Promise<Buffer> {
  const page = await browser.newPage({
    viewport: { width, height: 100 },
    colorScheme: dark ? "dark" : "light",
  })
  await page.route(`${SHOP}/**`, (route) => {
    const { pathname } = new URL(route.request().url())
    const { base, ext } = path.parse(pathname)
    const file = path.join(repository, FOLDERS[ext] ?? "", base)
    return route.fulfill({ body: readFileSync(file), contentType: TYPES[ext] })
  })
  await page.setContent(html, { waitUntil: "load" })
  const picture = await page.screenshot({ fullPage: true })
  await page.close()
  return picture
}

/** Puts columns of pictures side by side into one of `docs/images`. */
export async function drawSheet(
  browser: Browser,
  name: string,
  columns: Buffer[][]
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 3000, height: 100 } })
  const image = (png: Buffer) =>
    `<img src="data:image/png;base64,${png.toString("base64")}">`
  const images = columns.map(
    (pictures) => `<div>${pictures.map(image).join("")}</div>`
  )
  await page.setContent(
    `<style>
      body { align-items: start; background: #94a3b8; display: inline-flex; gap: 16px; margin: 0; padding: 16px }
      div { display: grid; gap: 16px }
    </style>
    ${images.join("")}`,
    { waitUntil: "load" }
  )
  await page.locator("body").screenshot({ path: imageFile(name) })
  await page.close()
}

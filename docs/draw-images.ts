import { spawnSync } from "node:child_process"
import { startBrowser, timed } from "../integration-tests/stock-store"
import { drawMails } from "./pictures/mails"
import { drawShop } from "./pictures/shop"

/** The languages in the pictures that a machine may have no font for. */
const SCRIPTS = ["ar", "ja"]

/** @throws if a language would be drawn as empty boxes */
function requireFonts(): void {
  for (const script of SCRIPTS) {
    const { stdout } = spawnSync("fc-list", [`:lang=${script}`])
    if (!String(stdout).trim()) {
      throw new Error(
        `no font for "${script}": install one, such as fonts-noto-core or fonts-noto-cjk`
      )
    }
  }
}

/** Makes all pictures in `docs/images` anew. */
async function main(): Promise<void> {
  requireFonts()
  const browser = await startBrowser()
  try {
    await timed("Drawing mails and the hosted page", () => drawMails(browser))
    await drawShop(browser)
  } finally {
    await browser.close()
  }
}

void main().catch((error: Error) => {
  console.error(error)
  process.exitCode = 1
})

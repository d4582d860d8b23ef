import readline from "node:readline"

import { adminLogin } from "../../integration-tests/stock-store"
import { playOnce } from "./once"
import { people, startDemo, type Demo } from "./start"

const stops: (() => Promise<unknown>)[] = []
let leaving: Promise<never> | undefined

/** Stops what runs, the last first, and ends. */
function leave(code: number): Promise<never> {
  leaving ??= (async () => {
    for (const stop of stops.reverse()) {
      await stop()
    }
    process.exit(code)
  })()
  return leaving
}

function explain({ store, storefrontUrl, mail, order }: Demo): void {
  console.log(`
Storefront    ${storefrontUrl}
Mail catcher  ${mail.url}
Store API     ${store.url}/store/products
Admin API     ${store.url}/admin  (${adminLogin.email} / ${adminLogin.password})

1. Open the storefront and log in as ${people.customer} / ${people.password}.
2. "Find an order": number ${order.display_id}, email ${people.guest}, a guest.
3. Click "Add this order to my account": it waits for ${people.guest}.
4. Open the mail in the mail catcher, follow its link, and confirm.
5. In the storefront's "Account" the order is among your own.

Ctrl-C or q and Enter stops everything.`)
}

function stayUntilAsked(demo: Demo): void {
  readline
    .createInterface({ input: process.stdin })
    .on("line", (line) => line.trim() === "q" && void leave(0))
  void demo.store.exited.then(({ code, signal }) => {
    if (!leaving) {
      console.error(`The store ended (${signal ?? code}):\n${demo.store.log()}`)
      void leave(1)
    }
  })
}

async function main(): Promise<void> {
  const demo = await startDemo((stop) => stops.push(stop))
  if (!process.argv.includes("--once")) {
    explain(demo)
    return stayUntilAsked(demo)
  }
  try {
    await playOnce(demo)
  } catch (error) {
    console.error(`✗ ${(error as Error).message}`)
    console.error(
      `\nThe store's log ended with:\n${demo.store.log().slice(-4000)}`
    )
    return leave(1)
  }
  return leave(0)
}

process.on("SIGINT", () => void leave(0))
process.on("SIGTERM", () => void leave(0))
main().catch((error: Error) => {
  if (!leaving) {
    console.error(`The demo could not start: ${error.message}`)
  }
  return leave(1)
})

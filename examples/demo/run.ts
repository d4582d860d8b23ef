import readline from "node:readline"

import { adminLogin } from "../../integration-tests/stock-store"
import { playOnce } from "./once"
import { people, startDemo, type Demo } from "./start"

const stops: (() => Promise<unknown>)[] = []
let leaving: Promise<never> | undefined

/** Stops all parts, the last first, and ends the process. */
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
Dashboard     ${store.url}/app  (${adminLogin.email} / ${adminLogin.password})
Hosted page   ${store.url}/order-claim
Store API     ${store.url}/store/products

1. Open the storefront and log in as ${people.customer} / ${people.password}.
2. "Account", "Missing an order?": click "Orders with this account's address".
   ${people.customer} has ordered as a guest before.
3. Ask there for the orders of ${people.guest}, too: another guest.
   (Or "Find an order": number ${order.display_id}, email ${people.guest}.)
4. Open the emails in the mail catcher, follow their links, and confirm. The one to
   the account's own address needs the login.
5. In the storefront's "Account" the orders are among your own.
6. In the dashboard each order has its emails, "Re-Send Mail", and its claims; "Order
   claims" in the menu lists all of them.
7. In a shop without a page of its own a link opens the hosted page: put its
   address in place of ${storefrontUrl}/claim in a link.

Ctrl-C or q stops everything.`)
}

function stayUntilAsked(demo: Demo): void {
  // Reads key by key. In raw mode, the terminal no longer handles Ctrl-C.
  const { stdin } = process
  readline.emitKeypressEvents(stdin)
  if (stdin.isTTY) stdin.setRawMode(true)
  stdin.on("keypress", (_, { name, ctrl }: readline.Key) => {
    if (name === "q" || (ctrl && name === "c")) void leave(0)
  })
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

import type { Browser, Page } from "playwright-core"

import { campaign } from "./campaign"
import { seriousIssues, visit, type MailCatcher } from "./stock-store"

/** The pages that a shopper visits. */
export interface Places {
  storefront: string
  mails: Pick<MailCatcher, "openClaimMail">
}

/** Somebody who clicks through the storefront, in a browser of their own. */
export interface Shopper {
  /** The storefront's page. */
  page: Page
  register(email: string): Promise<void>
  logIn(email: string): Promise<void>
  /** Looks the order up by number and address. */
  findOrder(order: { display_id: number; email: string }): Promise<void>
  /** Finds a guest's order and asks for it. */
  askFor(order: { display_id: number; email: string }): Promise<void>
  /** Asks for all guest orders of the account's own address. */
  askForOwnOrders(): Promise<void>
  /** Asks for guest orders of another address, or for one of them. */
  askForOrdersOf(email: string, number?: number): Promise<void>
  /** Opens the unread claim mail to an address, and the link with that text. */
  followMail(to: string, link?: RegExp): Promise<Page>
  /** The problems that were seen so far; none are expected. */
  troubles(): string[]
  close(): Promise<void>
}

/** Chromium's line for a refusal: `troubles` says which request it was. */
const REFUSED = /the server responded with a status of 40[0-4]/

/** The button in a mail with a link. */
const YES = /^(Yes, add |Log in and add )/

/** Opens a browser profile at the storefront's front page. */
/**
 * Pages find out by asking that nobody is logged in, and so does one that looks for news
 * while somebody logs out.
 */
const OF_NOBODY = ["401 /store/customers/me", "401 /store/order-claims"]

export async function newShopper(
  browser: Browser,
  { storefront, mails }: Places
): Promise<Shopper> {
  const visitor = await visit(browser, { expected: REFUSED })
  const { page } = visitor
  const context = page.context()
  const refused: string[] = []
  context.on("response", (response) => {
    const { pathname } = new URL(response.url())
    const line = `${response.status()} ${pathname}`
    if (response.status() >= 400 && !OF_NOBODY.includes(line)) {
      refused.push(line)
    }
  })
  await page.goto(storefront)

  const shopper: Shopper = {
    page,
    register: async (email) => {
      await page.getByRole("link", { name: "Register" }).first().click()
      await page.getByLabel("First name").fill("Clara")
      await page.getByLabel("Last name").fill("Customer")
      await page.getByLabel("Email").fill(email)
      await page.getByLabel("Password").fill("supersecret")
      await page.getByRole("button", { name: "Register" }).click()
      await page.getByRole("button", { name: "Log out" }).waitFor()
    },
    logIn: async (email) => {
      await page.getByRole("link", { name: "Log in" }).first().click()
      await page.getByLabel("Email").fill(email)
      await page.getByLabel("Password").fill("supersecret")
      await page.getByRole("button", { name: "Log in" }).click()
      await page.getByRole("button", { name: "Log out" }).waitFor()
    },
    findOrder: async ({ display_id, email }) => {
      await page.getByRole("link", { name: "Find an order" }).click()
      await page.getByLabel("Order number").fill(String(display_id))
      await page.getByLabel("Email on the order").fill(email)
      await page.getByRole("button", { name: "Find it" }).click()
    },
    askFor: async (order) => {
      await shopper.findOrder(order)
      await page
        .getByRole("button", { name: "Add this order to my account" })
        .click()
      await page.getByText("A link is on its way").waitFor()
    },
    askForOwnOrders: async () => {
      await page.getByRole("link", { name: "Account" }).click()
      await page
        .getByRole("button", { name: "Orders with this account's address" })
        .click()
      await page.getByText("If there are orders to add").first().waitFor()
    },
    askForOrdersOf: async (email, number) => {
      await page.getByRole("link", { name: "Account" }).click()
      await page.getByLabel("Email on the orders").fill(email)
      if (number) {
        await page.getByLabel("Order number (optional)").fill(`#${number}`)
      }
      await page.getByRole("button", { name: "Ask for them" }).click()
      await page.getByText("If there are orders to add").first().waitFor()
    },
    followMail: async (to, link = YES) => {
      const mail = await context.newPage()
      // the mail itself: maildev's own page has a console and a frame of its own
      const address = await mails.openClaimMail(to)
      await mail.goto(address)
      await mail.getByRole("link", { name: link }).click()
      const { origin } = new URL(address)
      await mail.waitForURL((url) => url.origin !== origin)
      await mail.getByRole("heading", { level: 1 }).waitFor()
      return mail
    },
    troubles: () => [...visitor.troubles(), ...refused.splice(0)],
    close: () => visitor.close(),
  }
  return shopper
}

/** Colours do not depend on the width: a long run looks at the other pairs, too. */
const LOOKS = (
  [
    ["light", 1000],
    ["dark", 320],
    ["light", 320],
    ["dark", 1000],
  ] as const
).slice(0, campaign(2, 4))

/** Lists what keeps people from using a page as it is now: in light and dark, wide and narrow. */
export async function barriers(page: Page): Promise<string[]> {
  const found: string[] = []
  for (const [colorScheme, width] of LOOKS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 800 })
    const at = `${colorScheme}, ${width} px`
    const issues = await seriousIssues(page)
    found.push(...issues.map((issue) => `${at}: ${issue}`))
    const wide = await page.evaluate<number>(
      "document.documentElement.scrollWidth"
    )
    if (wide > width) found.push(`${at}: it is ${wide} px wide`)
  }
  return found
}

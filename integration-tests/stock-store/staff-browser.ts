import type { Browser, Locator, Page, Request, Response } from "playwright-core"

import { adminLogin } from "./admin"
import { eventually } from "./eventually"
import { visit, type Visit } from "./visit"

/** Somebody of the shop's staff, logged in to the admin dashboard. */
export interface StaffBrowser extends Visit {
  /** Opens an order's page, and waits until the widget is there: only if it shows something. */
  openOrder(id: string): Promise<void>
  /** Opens the list of all orders. */
  openOrders(): Promise<void>
  /** Opens an order's page, and waits until it shows a certain part. */
  openOrderUntil(id: string, part: Locator): Promise<void>
  /** "Re-Send Mail" of the order's timeline. @param to - typed over the address */
  resendFromTimeline(to?: string): Promise<void>
  /** Waits until one of the dashboard's own notices says so. */
  seesNotice(text: string | RegExp): Promise<void>
  /** Opens the page "Order claims". @param query - the filters in its address */
  openClaims(query?: string): Promise<void>
  /** Reloads the page "Order claims". */
  reloadClaims(): Promise<void>
  /** The plugin's widget on the order's page. */
  widget: Locator
  /** All of the page "Order claims". */
  claimsPage: Locator
}

/**
 * Stock pages ask for features that this store lacks (404), for a session before
 * there is one (401), and a refusal (400) is an answer, too: the browser writes
 * each to its console. And they show flags of countries from a host of their own,
 * which not every machine reaches.
 */
const STOCK =
  /^Failed to load resource: (.* status of (400|401|404) |net::ERR_)|^https:\/\/cdn\.jsdelivr\.net\/gh\/lipis\/flag-icons\//

/**
 * Nine of 150 loads of a stock dashboard without any plugin stayed on its
 * spinner, every request answered; loading it again helps.
 */
const MOST_LOADS = 5

async function load(go: () => Promise<unknown>, sign: Locator): Promise<void> {
  for (let loads = 1; ; loads++) {
    await go()
    try {
      return await sign.waitFor({ timeout: 20_000 })
    } catch (error) {
      if (loads === MOST_LOADS) throw error
    }
  }
}

const REST_MS = 500

/**
 * Watches a page's requests to the shop. Playwright's `networkidle` is of no use: it comes once, and
 * for a page that computes for long before it asks for anything, too early.
 *
 * @returns a function that waits until the page has asked for nothing for a while
 */
function watchRequests(page: Page, url: string): () => Promise<unknown> {
  const open = new Set<Request>()
  let last = Date.now()
  const began = (request: Request) => {
    // What the page before had asked for may never be said to have ended.
    if (request.isNavigationRequest()) open.clear()
    // Not the flags of countries, which may take for ever.
    if (request.url().startsWith(url)) open.add(request)
  }
  const ended = (request: Request) => {
    open.delete(request)
    last = Date.now()
  }
  page.on("request", began)
  page.on("requestfinished", ended)
  page.on("requestfailed", ended)
  return () =>
    eventually(
      () => open.size === 0 && Date.now() - last > REST_MS,
      "the page's requests to end"
    )
}

/**
 * Logs in to the dashboard that a store serves. Without `declineUsageData` before it, the
 * dashboard's questionnaire covers all that follows.
 */
export async function openDashboard(
  browser: Browser,
  url: string
): Promise<StaffBrowser> {
  const staff = await visit(browser, {
    viewport: { width: 1440, height: 1200 },
    locale: "en-GB",
    expected: STOCK,
  })
  const { page } = staff
  const email = page.getByPlaceholder("Email")
  await load(() => page.goto(`${url}/app/login`), email)
  await email.fill(adminLogin.email)
  await page.getByPlaceholder("Password").fill(adminLogin.password)
  const isLogin = (response: Response) =>
    response.url() === `${url}/admin/auth` &&
    response.request().method() === "POST"
  const [login] = await Promise.all([
    page.waitForResponse(isLogin),
    page.keyboard.press("Enter"),
  ])
  if (!login.ok()) throw new Error(`the login was refused: ${login.status()}`)
  const menu = page.getByRole("link", { name: "Orders" })
  const openOrders = () => load(() => page.goto(`${url}/app/a/orders`), menu)
  await openOrders()

  // not by its name: the menu's entry is a region of the same
  const claimsPage = page.locator("[aria-labelledby=all-order-claims]")
  const widget = page.locator("[aria-labelledby=order-claims]")
  const loadedWidget = widget
    .getByRole("article")
    .or(widget.getByText("Nobody has asked for this order."))
    .first()
  const pageIsAtRest = watchRequests(page, url)
  const openOrderUntil = (id: string, part: Locator) =>
    load(() => page.goto(`${url}/app/a/orders/${id}`), part)
  return {
    ...staff,
    openOrder: async (id) => {
      await openOrderUntil(id, loadedWidget)
      await pageIsAtRest()
    },
    openOrders,
    openOrderUntil,
    resendFromTimeline: async (to) => {
      const event = page
        .locator(".mb-base", { hasText: "order-update-token.created" })
        .last()
      await event.getByRole("button").click()
      await page.getByText("Re-Send Mail").click()
      if (to) await page.getByPlaceholder("Email").fill(to)
      await page.getByRole("button", { name: "Send", exact: true }).click()
    },
    seesNotice: (text) =>
      page
        .locator("[style*='z-index: 9999']")
        .getByText(text)
        .first()
        .waitFor(),
    openClaims: (query = "") =>
      load(() => page.goto(`${url}/app/a/order-claims${query}`), claimsPage),
    reloadClaims: () => load(() => page.reload(), claimsPage),
    claimsPage,
    widget,
  }
}

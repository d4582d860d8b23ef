import type { Browser, Page } from "playwright-core"
import { people, startDemo, type Demo } from "../../examples/demo/start"
import {
  clientFor,
  linkIn,
  openDashboard,
  placeGuestOrder,
  tokenIn,
} from "../../integration-tests/stock-store"
import { drawSheet, imageFile } from "./sheet"

/** Draws the storefront and the dashboard of the demo, after a few claims. */
export async function drawShop(browser: Browser): Promise<void> {
  const stops: (() => Promise<unknown>)[] = []
  try {
    const demo = await startDemo((stop) => stops.push(stop))
    await drawStorefront(browser, demo)
    await drawDashboard(browser, demo)
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

async function drawStorefront(browser: Browser, demo: Demo): Promise<void> {
  const { storefrontUrl, mail } = demo
  const page = await browser.newPage({
    viewport: { width: 640, height: 100 },
    locale: "en-US",
  })
  await logIn(page, storefrontUrl)
  await claimAll(demo)
  const gustav = "gustav@example.com"
  await askFor(demo, await placeGuestOrder(demo.store.url, { email: gustav }))
  const [sent] = await mail.waitForClaimMails(gustav, 1)

  await page.goto(`${storefrontUrl}/account`)
  await page.getByText("Confirmed", { exact: true }).waitFor()
  await page.getByText("Waiting", { exact: true }).waitFor()
  await page.getByRole("listitem").filter({ hasText: "Order #1," }).waitFor()
  const account = await page.screenshot({ fullPage: true })

  await page.goto(linkIn(sent!).href)
  await page.getByText("Walking Boots").waitFor()
  const light = await page.screenshot({ fullPage: true })
  await page.close()
  await drawSheet(browser, "storefront", [account, light])
}

async function logIn(page: Page, storefrontUrl: string): Promise<void> {
  await page.goto(`${storefrontUrl}/login`)
  await page.getByLabel("Email").fill(people.customer)
  await page.getByLabel("Password").fill(people.password)
  await page.getByRole("button", { name: "Log in" }).click()
  await page.getByRole("button", { name: "Log out" }).waitFor()
}

/** All orders of the guest are asked for, and confirmed. */
async function claimAll({ customer, store, mail }: Demo): Promise<void> {
  await customer.medusa.client.request("POST", "/store/order-claims", {
    email: people.guest,
  })
  const [sent] = await mail.waitForClaimMails(people.guest, 1)
  const token = tokenIn(sent!)
  await clientFor(store.url).orders.confirmRequest({ token })
}

async function askFor(
  { customer }: Demo,
  { email, display_id }: { email: string; display_id: number }
): Promise<void> {
  await customer.medusa.client.request("POST", "/store/order-claims", {
    email,
    display_id,
  })
}

async function drawDashboard(
  browser: Browser,
  { store, order }: Demo
): Promise<void> {
  const staff = await openDashboard(browser, store.url)
  await staff.page.setViewportSize({ width: 1280, height: 900 })
  await staff.openOrder(order.id)
  await staff.widget.evaluate(
    `(widget) => widget.scrollIntoView({ block: "center" })`
  )
  await staff.page.screenshot({ path: imageFile("admin") })
  await staff.close()
}

import type { Browser, Page } from "playwright-core"
import { people, startDemo, type Demo } from "../../examples/demo/start"
import {
  type CaughtMail,
  clientFor,
  linkIn,
  openDashboard,
  placeGuestOrder,
  tokenIn,
} from "../../integration-tests/stock-store"
import { drawSheet, imageFile } from "./sheet"

/** A guest whose order waits for its confirmation. */
const WAITING = "gustav@example.com"

/** Draws the storefront and the dashboard of the demo, after two claims. */
export async function drawShop(browser: Browser): Promise<void> {
  const stops: (() => Promise<unknown>)[] = []
  try {
    const demo = await startDemo((stop) => stops.push(stop))
    const order = await placeGuestOrder(demo.store.url, {
      email: WAITING,
      firstName: "Gustav",
    })
    await claimAll(demo)
    await askFor(demo, order)
    await drawStorefront(browser, demo)
    await drawDashboard(browser, demo, order.id)
  } finally {
    for (const stop of stops.reverse()) await stop()
  }
}

async function drawStorefront(browser: Browser, demo: Demo): Promise<void> {
  const { storefrontUrl, mail } = demo
  const [asking] = await mail.waitForClaimMails(WAITING, 1)
  const [, confirmed] = await mail.waitForClaimMails(people.guest, 2)
  const page = await browser.newPage({
    viewport: { width: 640, height: 100 },
    locale: "en-US",
  })
  await logIn(page, storefrontUrl)

  await page.goto(`${storefrontUrl}/account`)
  await page.getByText("Confirmed", { exact: true }).waitFor()
  await page.getByText("Waiting", { exact: true }).waitFor()
  await page.getByText("Order #1, ").waitFor()
  const account = await page.screenshot({ fullPage: true })

  const question = await shotOfLink(page, asking!)
  await page.emulateMedia({ colorScheme: "dark" })
  const takingBack = await shotOfLink(page, confirmed!)
  await page.close()
  await drawSheet(browser, "storefront", [[account], [question, takingBack]])
}

/** Opens the link in a mail. */
async function shotOfLink(page: Page, mail: CaughtMail): Promise<Buffer> {
  await page.goto(linkIn(mail).href)
  await page.getByText("Walking Boots").waitFor()
  return page.screenshot({ fullPage: true })
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

/** An element in the browser, whose types this project does not load. */
interface Scrollable {
  scrollIntoView(options: { block: "center" }): void
}

async function drawDashboard(
  browser: Browser,
  { store }: Demo,
  orderId: string
): Promise<void> {
  const staff = await openDashboard(browser, store.url)
  await staff.page.setViewportSize({ width: 1280, height: 900 })
  await staff.openOrder(orderId)
  await staff.widget.getByText("Waiting for confirmation").waitFor()
  await staff.widget.evaluate((widget) =>
    (widget as unknown as Scrollable).scrollIntoView({ block: "center" })
  )
  await staff.page.screenshot({ path: imageFile("admin") })

  await staff.openClaims()
  await staff.claimsPage.getByText("Waiting for confirmation").last().waitFor()
  await staff.page.screenshot({ path: imageFile("admin-claims") })
  await staff.close()
}

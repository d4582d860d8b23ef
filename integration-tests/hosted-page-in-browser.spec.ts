import type { Browser, Page } from "playwright-core"
import { claimedOrder, expire, newestToken, ownerOf } from "./claims"
import {
  chromiumAvailable,
  type LoggedIn,
  linkIn,
  newShop,
  seriousIssues,
  type Shop,
  startBrowser,
  type Visit,
  visit,
  type VisitOptions,
} from "./stock-store"

jest.setTimeout(120_000)

const withChromium = chromiumAvailable() ? describe : describe.skip

withChromium("the hosted page, clicked through without JavaScript", () => {
  let browser: Browser
  let shop: Shop
  let clara: LoggedIn
  let visitor: Visit | undefined

  const heading = (page: Page) => page.getByRole("heading", { level: 1 })
  const button = (page: Page, name: string) =>
    page.getByRole("button", { name, exact: true })

  /** Opens what a mail links to, as its reader does. */
  const follow = async (email: string, options: VisitOptions = {}) => {
    const mails = await shop.mail.waitForMails(1, { to: email })
    visitor = await visit(browser, { javaScriptEnabled: false, ...options })
    await visitor.page.goto(linkIn(mails.at(-1)!).href)
    return visitor.page
  }
  /** A guest has ordered and somebody asks; the reader opens the link. */
  const claimAndFollow = async (email: string, options?: VisitOptions) => {
    const claimed = await claimedOrder(shop, clara, email)
    return { ...claimed, page: await follow(email, options) }
  }

  beforeAll(async () => {
    browser = await startBrowser()
    shop = await newShop({
      pluginOptions: {
        claim_url: null,
        limits: false,
        brand: { url: "http://localhost:8000", support_email: "help@shop.de" },
      },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterEach(async () => {
    expect(visitor?.troubles() ?? []).toEqual([])
    await visitor?.close()
    visitor = undefined
  })
  afterAll(async () => {
    await browser?.close()
    await shop?.close()
  })

  it("moves the order from the mail to the customer", async () => {
    const { page, order } = await claimAndFollow("greta@example.com")
    await expect(heading(page).textContent()).resolves.toBe(
      `Add order #${order.display_id} to an account?`
    )
    expect(await page.getByText("Clara Customer").count()).toBe(1)

    await button(page, "Yes, add this order").click()

    await heading(page).getByText("Done: added to the account").waitFor()
    expect(page.url()).toBe(`${shop.url}/order-claim?`)
    expect(
      await page.getByRole("link", { name: "To the shop" }).getAttribute("href")
    ).toBe("http://localhost:8000")
    const { orders } = await clara.medusa.customers.listOrders()
    expect(orders.map(({ id }) => id)).toContain(order.id)
  })

  it("works by keyboard alone", async () => {
    const { page, order } = await claimAndFollow("keys@example.com")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    const focused = page.locator("button:focus")
    expect(await focused.textContent()).toBe("It wasn't me")
    await focused.press("Enter")

    await heading(page).getByText("Thank you, nothing was added").waitFor()
    expect((await ownerOf(shop, order.id)).email).toBe("keys@example.com")
  })

  it("mails a new link for an expired one, which then works", async () => {
    const email = "late@example.com"
    const { claim, order } = await claimedOrder(shop, clara, email)
    await expire(shop, claim.id)
    const page = await follow(email)
    await heading(page).getByText("This link has expired").waitFor()
    await button(page, "Send me a new link").click()
    await heading(page).getByText("A new link is on its way").waitFor()

    const fresh = await newestToken(shop, claim.id)
    await page.goto(`${shop.url}/order-claim?token=${fresh}`)
    await button(page, "Yes, add this order").click()
    await heading(page).getByText("Done").waitFor()
    expect((await ownerOf(shop, order.id)).customer_id).toBe(clara.customer.id)
  })

  it.each([
    ["light", {}],
    ["dark", { colorScheme: "dark" as const }],
    ["narrow", { viewport: { width: 320, height: 600 } }],
  ])("can be read by everybody: %s", async (name, options) => {
    // axe-core is a script; the page has none
    const { page, claim } = await claimAndFollow(`${name}@example.com`, {
      javaScriptEnabled: true,
      ...options,
    })
    const readable = async () => {
      expect(await seriousIssues(page)).toEqual([])
      const width = await page.evaluate("document.documentElement.scrollWidth")
      expect(width).toBe(page.viewportSize()?.width)
    }
    await readable()
    await expire(shop, claim.id)
    await page.reload()
    await readable()
    await button(page, "It wasn't me").click()
    await readable()
  })

  it("reads from the right where people do", async () => {
    const email = "layla@example.com"
    const order = await shop.placeGuestOrder({
      email,
      context: { locale: "ar" },
    })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const page = await follow(email)
    const { lang, dir } = await page.evaluate<{ lang: string; dir: string }>(
      "({ lang: document.documentElement.lang, dir: document.dir })"
    )
    expect([lang, dir]).toEqual(["ar", "rtl"])
    const [first, second] = await page.getByRole("button").all()
    const [left, right] = [
      await second!.boundingBox(),
      await first!.boundingBox(),
    ]
    expect(left!.x).toBeLessThan(right!.x)
  })
})

import type { Browser, Page } from "playwright-core"

import { claims, confirm, eventually, everything, ownerOf } from "./claims"
import { barriers } from "./shopper"
import {
  buildNextStorefront,
  chromiumAvailable,
  freePort,
  linkIn,
  newShop,
  type Shop,
  startBrowser,
  startNextStorefront,
  type Storefront,
  type Visit,
  visit,
} from "./stock-store"

jest.setTimeout(120_000)

const withChromium = chromiumAvailable() ? describe : describe.skip

withChromium("a storefront on Next.js whose server holds the login", () => {
  let shop: Shop
  let storefront: Storefront
  let browser: Browser
  let visits: Visit[] = []
  const askedOfStore: string[] = []

  beforeAll(async () => {
    await buildNextStorefront()
    const port = await freePort()
    const claimUrl = `http://localhost:${port}/claim`
    shop = await newShop({ env: { CLAIM_URL: claimUrl } })
    storefront = await startNextStorefront({ storeUrl: shop.url, port })
    browser = await startBrowser()
  }, 1_800_000)
  afterAll(async () => {
    await browser?.close()
    await storefront?.stop()
    await shop?.close()
  })
  afterEach(async () => {
    const troubles = visits.flatMap((each) => each.troubles())
    await Promise.all(visits.map((each) => each.close()))
    visits = []
    expect([...troubles, ...askedOfStore.splice(0)]).toEqual([])
  })

  /** Somebody's browser; none of them may ask the store itself. */
  const newBrowser = async () => {
    const visitor = await visit(browser)
    visits.push(visitor)
    visitor.page.on("request", (request) => {
      if (request.url().startsWith(shop.url)) askedOfStore.push(request.url())
    })
    return visitor.page
  }
  const click = (page: Page, name: string | RegExp) =>
    page.getByRole("button", { name, exact: true }).click()
  const section = (page: Page, name: string) =>
    page.getByRole("region", { name })
  const says = (page: Page, text: string) =>
    page.getByRole("status").getByText(text).waitFor()

  const register = async (page: Page, email: string) => {
    await page.goto(`${storefront.url}/register`)
    await page.getByLabel("First name").fill("Clara")
    await page.getByLabel("Last name").fill("Customer")
    await page.getByLabel("Email").fill(email)
    await page.getByLabel("Password").fill("supersecret")
    await click(page, "Register")
    await page.getByText(`Logged in as ${email}`).waitFor()
  }
  const logIn = async (page: Page, email: string) => {
    await page.getByLabel("Email").fill(email)
    await page.getByLabel("Password").fill("supersecret")
    await click(page, "Log in")
  }
  /** The link in the mail, or its "it wasn't me". */
  const linkTo = async (email: string, what: "confirm" | "decline") => {
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    const link = linkIn(mail!)
    if (what === "confirm") return link.href
    const declining = /https?:\S+action=decline/.exec(mail!.text)?.[0]
    expect(declining).toContain(link.searchParams.get("token"))
    return declining!
  }
  const seesOrder = (page: Page, number: number) =>
    section(page, "Your orders")
      .getByRole("heading", { name: `Order #${number}` })
      .waitFor()

  it("leads a new customer to their guest orders", async () => {
    const email = "nora@example.com"
    const order = await shop.guestOrder(email)
    const page = await newBrowser()
    await register(page, email)
    expect(await section(page, "Your orders").innerText()).toContain(
      "There are no orders in your account yet."
    )
    await click(page, "Orders with this account's address")
    await says(
      page,
      "If there are orders to add, a link is on its way to n***@example.com."
    )
    await section(page, "What you have asked for")
      .getByText("Orders of n***@example.com")
      .waitFor()
    expect(await barriers(page)).toEqual([])

    // the mail is read on another device
    const other = await newBrowser()
    await other.goto(await linkTo(email, "confirm"))
    await other.getByText("log in with the account that asked").waitFor()
    const main = await other.getByRole("main").innerText()
    expect(main).toContain("Add your order to your account?")
    expect(main).toContain("An account with this email address was opened on ")
    expect(main).not.toContain("asked us")
    expect(main).toContain("This link works for 24 hours, until ")
    expect(main).toContain("It isn't my account")
    expect(
      await other.getByRole("button", { name: /^Yes, add / }).count()
    ).toBe(0)
    expect(await barriers(other)).toEqual([])
    await logIn(other, email)
    await says(other, `You are logged in as ${email}.`)
    await click(other, /^Yes, add /)
    await says(other, "Done: added to the account.")

    await other.goto(`${storefront.url}/account`)
    await seesOrder(other, order.display_id)
    await section(other, "What you have asked for")
      .getByText("One order of n***@example.com")
      .waitFor()
    // the first page finds out by itself
    await seesOrder(page, order.display_id)
  })

  it("adds one order of another address, confirmed without a login", async () => {
    const email = "greta@example.com"
    const order = await shop.guestOrder(email)
    const kept = await shop.guestOrder(email)
    const page = await newBrowser()
    await register(page, "clara@example.com")
    await page.getByLabel("Another address on your orders").fill(email)
    await page
      .getByLabel("Order number (optional)")
      .fill(`#${order.display_id}`)
    await click(page, "Ask for these orders")
    await section(page, "What you have asked for")
      .getByText(`Order #${order.display_id} of g***@example.com`)
      .waitFor()

    const reader = await newBrowser()
    await reader.goto(await linkTo(email, "confirm"))
    await reader
      .getByText("Clara Customer (c***@example.com) asked us to add this order")
      .waitFor()
    await click(reader, /^Yes, add /)
    await says(reader, "Done: added to the account.")
    await seesOrder(page, order.display_id)
    expect((await ownerOf(shop, kept.id)).email).toBe(email)
  })

  it("says the same where there is nothing to find, and lets the customer cancel", async () => {
    const page = await newBrowser()
    await register(page, "carl@example.com")
    await page.getByLabel("Another address on your orders").fill("no@b.example")
    await click(page, "Ask for these orders")
    await says(
      page,
      "If there are orders to add, a link is on its way to n***@b.example."
    )
    const asked = section(page, "What you have asked for")
    await asked.getByText("waiting", { exact: true }).waitFor()
    await click(page, "Cancel")
    await asked.getByText("canceled", { exact: true }).waitFor()
  })

  it("lets the reader decline from the mail's own link", async () => {
    const email = "gustav@example.com"
    const order = await shop.guestOrder(email)
    const clara = await shop.loginCustomer({ email: "clara@example.com" })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const link = await linkTo(email, "decline")
    await eventually(
      async () =>
        (await claims(shop)).some(
          (claim) => claim.email === email && claim.status === "sent"
        ),
      "the mail on record"
    )
    const before = await everything(shop)
    const page = await newBrowser()
    await page.goto(link)
    await page.waitForURL(/\/claim(\?action=decline)?$/)
    expect(
      await page.getByRole("main").getByRole("button").first().innerText()
    ).toBe("It wasn't me")
    expect(await everything(shop)).toBe(before)

    await click(page, "It wasn't me")
    await says(page, "Thank you. Nothing was added.")
    expect((await ownerOf(shop, order.id)).email).toBe(email)
    const declined = (await claims(shop)).find((claim) => claim.email === email)
    expect(declined?.status).toBe("declined")
  })

  it("lets the former owner take orders back, while there are some", async () => {
    const clara = await shop.loginCustomer({ email: "clara@example.com" })
    const confirmed = async (email: string) => {
      const order = await shop.guestOrder(email)
      await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
      const link = new URL(await linkTo(email, "confirm"))
      await confirm(shop, link.searchParams.get("token"))
      const [, notice] = await shop.mail.waitForMails(2, { to: email })
      return { email, order, back: linkIn(notice!).href }
    }
    const page = await newBrowser()

    const gudrun = await confirmed("gudrun@example.com")
    await page.goto(gudrun.back)
    await click(page, "Take it back")
    await says(page, "Thank you. It was taken back.")
    expect((await ownerOf(shop, gudrun.order.id)).email).toBe(gudrun.email)

    const { order, back } = await confirmed("gesa@example.com")
    await page.goto(back)
    await page.getByRole("button", { name: "Take it back" }).waitFor()
    await shop.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
      order.id,
    ])
    await click(page, "Take it back")
    await says(page, "This can no longer be taken back.")
  })

  it("asks for the right account when somebody else is logged in", async () => {
    const email = "nils@example.com"
    const order = await shop.guestOrder(email)
    const nils = await shop.registerCustomer({ email })
    await nils.medusa.client.request("POST", "/store/order-claims", {})
    const page = await newBrowser()
    await register(page, "bob@example.com")
    await page.goto(await linkTo(email, "confirm"))
    await click(page, /^Yes, add /)
    await says(page, "It was not asked for from bob@example.com.")
    expect((await ownerOf(shop, order.id)).email).toBe(email)

    await logIn(page, email)
    await click(page, /^Yes, add /)
    await says(page, "Done: added to the account.")
    expect((await ownerOf(shop, order.id)).customer_id).toBe(nils.customer.id)
  })

  it("keeps the token in memory alone", async () => {
    const email = "gina@example.com"
    const order = await shop.guestOrder(email)
    const clara = await shop.loginCustomer({ email: "clara@example.com" })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const link = await linkTo(email, "confirm")
    const token = new URL(link).searchParams.get("token")!
    const page = await newBrowser()
    const leaks: string[] = []
    page.on("request", (request) => {
      const seen = JSON.stringify([request.url(), request.headers()])
      if (seen.includes(token)) leaks.push(request.url())
    })

    await page.goto(link)
    await page.waitForURL(`${storefront.url}/claim`)
    await page.waitForLoadState("networkidle")
    // the page itself, and nothing that it asks for
    expect(leaks).toEqual([link])
    const kept = await page.evaluate<string>(
      "JSON.stringify([localStorage, sessionStorage, history.state, document.cookie])"
    )
    expect(kept).not.toContain(token)
    for (const [name, content] of [
      ["referrer", "no-referrer"],
      ["robots", "noindex, nofollow"],
    ]) {
      expect(
        await page.locator(`meta[name=${name}]`).first().getAttribute("content")
      ).toBe(content)
    }
    await page.reload()
    await page.getByRole("heading", { name: "Open the link again" }).waitFor()
    expect(await barriers(page)).toEqual([])
  })
})

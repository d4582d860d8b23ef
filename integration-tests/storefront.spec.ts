import type { Browser, Page } from "playwright-core"

import { claims, eventually, everything, expire, ownerOf } from "./claims"
import { barriers, newShopper, type Shopper } from "./shopper"
import {
  chromiumAvailable,
  freePort,
  linkIn,
  type MailCatcher,
  newShop,
  type Shop,
  startBrowser,
  startMailCatcher,
  startStorefront,
  type Storefront,
} from "./stock-store"

jest.setTimeout(300_000)

/** The link in the mail that tells the old address of a confirm. */
const TAKE_BACK = /take this order back/i

const withChromium = chromiumAvailable() ? describe : describe.skip

withChromium("the storefront, clicked through in Chromium", () => {
  let shop: Shop
  let mails: MailCatcher
  let storefront: Storefront
  let browser: Browser
  let clara: Shopper
  let people = 0

  beforeAll(async () => {
    const port = await freePort()
    const url = `http://localhost:${port}`
    mails = await startMailCatcher()
    shop = await newShop({
      env: {
        STORE_CORS: url,
        CLAIM_URL: `${url}/claim`,
        SMTP_URL: mails.smtpUrl,
      },
    })
    storefront = await startStorefront({ storeUrl: shop.url, port })
    browser = await startBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await storefront?.stop()
    await shop?.close()
    await mails?.stop()
  })

  beforeEach(async () => {
    clara = await newShopper(browser, {
      storefront: storefront.url,
      mails,
    })
  })
  afterEach(async () => {
    const troubles = clara.troubles()
    await clara.close()
    expect(troubles).toEqual([])
  })

  const newAddress = (name: string) => `${name}${++people}@example.com`
  const guestOrder = () => shop.guestOrder(newAddress("greta"))
  const title = (page: Page) => page.getByRole("heading", { level: 1 })
  const section = (page: Page, name: string) =>
    page.getByRole("region", { name })
  const click = (page: Page, button: string | RegExp) =>
    page.getByRole("button", { name: button }).click()

  /** A customer who is logged in and has asked for a guest's order. */
  const claraAsks = async () => {
    const email = newAddress("clara")
    await shop.registerCustomer({ email })
    const order = await guestOrder()
    await clara.logIn(email)
    await clara.askFor(order)
    await mails.waitForClaimMails(order.email, 1)
    const claim = await eventually(
      async () =>
        (await claims(shop)).find(
          ({ email, status }) => email === order.email && status === "sent"
        ),
      "the claim to be on record as sent"
    )
    return { order, claim }
  }
  const linkTo = async (email: string) => {
    const sent = await mails.waitForClaimMails(email, 1)
    return linkIn(sent[0]!).toString()
  }

  it("leads a new customer from a guest's order to an order of their own", async () => {
    const order = await guestOrder()
    const { page } = clara

    await clara.findOrder(order)
    await clara.register(newAddress("clara"))
    await click(page, "Add this order to my account")
    await page.getByRole("link", { name: "waiting for confirmation" }).click()
    const waiting = section(page, "Waiting for confirmation")
    await waiting.getByText("Waiting", { exact: true }).waitFor()
    expect(await waiting.innerText()).toContain("One order of g***@example.com")
    // it was asked for by its id, so its number may be shown
    await waiting.getByText(`Order #${order.display_id}, `).waitFor()
    expect(await section(page, "Your orders").innerText()).toContain(
      "There are no orders in your account yet."
    )

    await mails.waitForClaimMails(order.email, 1)
    const claimPage = await clara.followMail(order.email)
    expect(await title(claimPage).innerText()).toMatch(
      /^Add .* to an account\?$/
    )
    await click(claimPage, /^Yes, add /)
    await claimPage.getByRole("link", { name: "See your orders" }).click()

    await section(claimPage, "Your orders")
      .getByRole("heading", { name: `Order #${order.display_id}` })
      .waitFor()
    await section(claimPage, "Earlier requests")
      .getByText("Confirmed", { exact: true })
      .waitFor()
  })

  it("leads a new customer to their guest orders, without an order's id", async () => {
    const email = newAddress("nora")
    const order = await shop.guestOrder(email)
    const { page } = clara
    await clara.register(email)
    await clara.askForOwnOrders()
    await section(page, "Missing an order?")
      .getByText(
        "If there are orders to add, a link is on its way to n***@example.com."
      )
      .waitFor()
    const waiting = section(page, "Waiting for confirmation")
    await waiting.getByText("Orders of n***@example.com").waitFor()
    expect(await waiting.innerText()).not.toContain("Order #")
    expect(await barriers(page)).toEqual([])

    await click(page, "Log out")
    await mails.waitForClaimMails(email, 1)
    const claimPage = await clara.followMail(email)
    await claimPage.getByText("log in to that account").waitFor()
    const main = await claimPage.getByRole("main").innerText()
    expect(main).toContain(`Add order #${order.display_id} to your account?`)
    expect(main).toContain("An account with this email address was opened on ")
    expect(main).not.toContain("asked us")
    expect(main).toContain("It isn't my account")
    expect(await barriers(claimPage)).toEqual([])
    await claimPage.getByRole("main").getByRole("link").click()
    await claimPage.getByLabel("Email").fill(email)
    await claimPage.getByLabel("Password").fill("supersecret")
    await click(claimPage, "Log in")
    await click(claimPage, /^Yes, add /)
    await claimPage.getByRole("link", { name: "See your orders" }).click()

    await section(claimPage, "Your orders")
      .getByRole("heading", { name: `Order #${order.display_id}` })
      .waitFor()
    const earlier = section(claimPage, "Earlier requests")
    await earlier.getByText("One order of n***@example.com").waitFor()
    await earlier.getByText(`Order #${order.display_id}, `).waitFor()
  })

  it("asks for one order of another address, by its number", async () => {
    const email = newAddress("greta")
    const order = await shop.guestOrder(email)
    const other = await shop.guestOrder(email)
    const { page } = clara
    await clara.register(newAddress("clara"))
    await clara.askForOrdersOf(email, order.display_id)
    await section(page, "Waiting for confirmation")
      .getByText(`Order #${order.display_id} of g***@example.com`)
      .waitFor()

    await mails.waitForClaimMails(email, 1)
    const claimPage = await clara.followMail(email)
    await click(claimPage, /^Yes, add /)
    await claimPage.getByRole("link", { name: "See your orders" }).click()
    await section(claimPage, "Your orders")
      .getByRole("heading", { name: `Order #${order.display_id}` })
      .waitFor()
    expect((await ownerOf(shop, other.id)).email).toBe(email)
  })

  it("answers the same where there is nothing to find, and lets the customer cancel", async () => {
    const { page } = clara
    await clara.register(newAddress("clara"))
    await clara.askForOrdersOf("nobody@example.com")
    await section(page, "Missing an order?")
      .getByText(
        "If there are orders to add, a link is on its way to n***@example.com."
      )
      .waitFor()
    await section(page, "Waiting for confirmation")
      .getByRole("button", { name: "Cancel" })
      .click()
    await section(page, "Earlier requests")
      .getByText("Canceled", { exact: true })
      .waitFor()
  })

  it("asks for the right account when somebody else is logged in", async () => {
    const email = newAddress("nora")
    const order = await shop.guestOrder(email)
    const nora = await shop.registerCustomer({ email })
    await nora.medusa.client.request("POST", "/store/order-claims", {})
    await mails.waitForClaimMails(email, 1)
    const bob = newAddress("bob")
    await clara.register(bob)

    const page = await clara.followMail(email)
    await click(page, /^Yes, add /)
    await page
      .getByRole("alert")
      .getByText(`You are logged in as ${bob}, but another account asked.`)
      .waitFor()
    expect(await barriers(page)).toEqual([])
    expect((await ownerOf(shop, order.id)).email).toBe(email)
    expect(clara.troubles()).toEqual(["401 /store/orders/customer/confirm"])

    await page.getByRole("main").getByRole("link", { name: "Log in" }).click()
    await page.getByLabel("Email").fill(email)
    await page.getByLabel("Password").fill("supersecret")
    await click(page, "Log in")
    await click(page, /^Yes, add /)
    await page.getByRole("heading", { name: "Thank you" }).waitFor()
    expect((await ownerOf(shop, order.id)).customer_id).toBe(nora.customer.id)
  })

  it("shows who asks for which order, and until when", async () => {
    const { order } = await claraAsks()
    const page = await clara.followMail(order.email)
    const main = await page.getByRole("main").innerText()

    expect(main).toContain("Clara Customer (c***@example.com) asked us to add")
    expect(main).toContain(`Order #${order.display_id}`)
    expect(main).toContain(`1 × ${order.items[0]!.title}`)
    expect(main).toMatch(/This link works for 24 hours, until .*\d:\d\d/)
    expect(main).not.toContain(order.email)
  })

  it("changes nothing while the reader only looks", async () => {
    const { order } = await claraAsks()
    const before = await everything(shop)

    const page = await clara.followMail(order.email)
    await page.waitForLoadState("networkidle")
    const again = await clara.page.context().newPage()
    await again.goto(await linkTo(order.email))
    await again.waitForLoadState("networkidle")
    expect(await title(again).innerText()).toMatch(/^Add .* to an account\?$/)

    expect(await everything(shop)).toBe(before)
  })

  it("keeps the token out of the address bar, the history and every address it asks for", async () => {
    const { order } = await claraAsks()
    const link = await linkTo(order.email)
    const token = new URL(link).searchParams.get("token")!
    const { page } = clara
    const leaks: string[] = []
    page.on("request", (request) => {
      const seen = [request.url(), request.headers()["referer"]]
      if (seen.join().includes(token)) leaks.push(request.url())
    })

    await page.goto(link)
    await title(page).waitFor()
    expect(page.url()).toBe(`${storefront.url}/claim`)
    await page.getByRole("link", { name: "Find an order" }).click()
    await page.goBack()
    expect(page.url()).toBe(`${storefront.url}/claim`)
    await page.reload()
    expect(await title(page).innerText()).toBe("Open the link again")

    // the page itself, and nothing that it asks for
    expect(leaks).toEqual([link])
    const stored = await page.evaluate<string>(
      "JSON.stringify([localStorage, sessionStorage, history.state, document.cookie])"
    )
    expect(stored).not.toContain(token)
  })

  it("lets the customer cancel, and the link is dead", async () => {
    const { order } = await claraAsks()
    const { page } = clara
    await page.getByRole("link", { name: "Account" }).click()
    await click(page, "Cancel")
    await section(page, "Earlier requests")
      .getByText("Canceled", { exact: true })
      .waitFor()

    const claimPage = await clara.followMail(order.email)
    expect(await title(claimPage).innerText()).toBe("This was canceled")
    expect(await claimPage.getByRole("main").innerText()).toContain(
      "this link no longer works"
    )
    expect(await claimPage.getByRole("main").getByRole("button").count()).toBe(
      0
    )
    expect(await barriers(claimPage)).toEqual([])
  })

  it("lets the reader decline from the mail's own link", async () => {
    const { order, claim } = await claraAsks()
    const page = await clara.followMail(order.email, /it wasn't you/)
    expect(await title(page).innerText()).toBe("It wasn't you?")
    expect(await barriers(page)).toEqual([])
    await click(page, "It wasn't me")
    await page.getByText("Nothing was added").waitFor()

    expect((await ownerOf(shop, order.id)).email).toBe(order.email)
    await page.getByRole("link", { name: "Account" }).click()
    await section(page, "Earlier requests")
      .getByText("Declined", { exact: true })
      .waitFor()
    expect((await claims(shop)).find(({ id }) => id === claim.id)?.status).toBe(
      "declined"
    )
  })

  it("takes back what was confirmed by mistake, by the link in the mail about it", async () => {
    const { order, claim } = await claraAsks()
    const confirming = await clara.followMail(order.email)
    await click(confirming, /^Yes, add /)
    await confirming.getByRole("heading", { name: "Thank you" }).waitFor()

    await mails.waitForClaimMails(order.email, 2)
    const page = await clara.followMail(order.email, TAKE_BACK)
    expect(await title(page).innerText()).toBe("Take this order back?")
    const main = await page.getByRole("main").innerText()
    expect(main).toContain("Clara Customer (c***@example.com)")
    expect(main).toContain(`Order #${order.display_id}`)
    expect(await barriers(page)).toEqual([])
    expect((await ownerOf(shop, order.id)).customer_id).toBe(claim.customer_id)

    await click(page, "Take it back")
    await page.getByRole("heading", { name: "Taken back" }).waitFor()
    expect(await ownerOf(shop, order.id)).toEqual({
      customer_id: order.customer_id,
      email: order.email,
    })
    await page.getByRole("link", { name: "Account" }).click()
    await section(page, "Earlier requests")
      .getByText("Given back", { exact: true })
      .waitFor()
    expect(await barriers(page)).toEqual([])
  })

  it("offers a new link for one that has expired, and the new one works", async () => {
    const { order, claim } = await claraAsks()
    await expire(shop, claim.id)
    const late = await clara.followMail(order.email)
    expect(await title(late).innerText()).toBe("This link has expired")
    expect(await barriers(late)).toEqual([])
    await click(late, "Send me a new link")
    await late.getByText("A new link is on its way").waitFor()

    await mails.waitForClaimMails(order.email, 2)
    await late.goto(await linkTo(order.email))
    expect(await title(late).innerText()).toBe("There is a newer link")
    const page = await clara.followMail(order.email)
    await click(page, /^Yes, add /)
    await page.getByRole("heading", { name: "Thank you" }).waitFor()
    expect((await ownerOf(shop, order.id)).email).not.toBe(order.email)
  })

  it("says that a confirmed link has done its work", async () => {
    const { order } = await claraAsks()
    const link = await linkTo(order.email)
    await clara.page.goto(link)
    await click(clara.page, /^Yes, add /)
    await clara.page.getByRole("heading", { name: "Thank you" }).waitFor()
    await clara.page.goto(link)

    expect(await title(clara.page).innerText()).toBe("This is already done")
  })

  it("tells what has happened to a claim while its page was open", async () => {
    const { order } = await claraAsks()
    const page = await clara.followMail(order.email)
    await clara.page.getByRole("link", { name: "Account" }).click()
    await click(clara.page, "Cancel")
    await clara.page.getByText("Canceled", { exact: true }).waitFor()
    await click(page, /^Yes, add /)

    await page.getByRole("heading", { name: "This was canceled" }).waitFor()
    expect(clara.troubles()).toEqual(["400 /store/orders/customer/confirm"])
  })

  it("says in a sentence that a link is no link", async () => {
    await clara.page.goto(`${storefront.url}/claim?token=nonsense`)
    await title(clara.page).waitFor()

    expect(await clara.page.getByRole("alert").innerText()).toContain(
      "This is not a valid link to claim an order."
    )
    expect(clara.troubles()).toEqual(["400 /store/order-claims/lookup"])
  })

  it("says in a sentence that nothing was found, and who may not log in", async () => {
    const { page } = clara
    await clara.findOrder({ display_id: 999, email: "nobody@example.com" })
    await page.getByText("There is no order #999").waitFor()
    expect(await barriers(page)).toEqual([])

    await page.getByRole("link", { name: "Log in" }).first().click()
    await page.getByLabel("Email").fill("nobody@example.com")
    await page.getByLabel("Password").fill("supersecret")
    await click(page, "Log in")
    await page.getByRole("alert").getByText("No account has this").waitFor()
    expect(await barriers(page)).toEqual([])

    const refused = ["404 /store/orders", "401 /store/auth"]
    expect(clara.troubles()).toEqual(refused)
  })

  it("forgets who was there after logging out", async () => {
    await claraAsks()
    await click(clara.page, "Log out")
    await clara.page.getByRole("link", { name: "Log in" }).waitFor()
    await clara.page.goto(`${storefront.url}/account`)

    await clara.page.getByText("to see your orders").waitFor()
  })

  it("can be used by everybody: light and dark, down to 320 pixels", async () => {
    const { page } = clara
    expect(await barriers(page)).toEqual([])
    await page.getByRole("link", { name: "Register" }).click()
    expect(await barriers(page)).toEqual([])
    const { order } = await claraAsks()
    expect(await barriers(page)).toEqual([])
    await page.getByRole("link", { name: "Account" }).click()
    await page.getByText("Waiting", { exact: true }).waitFor()
    expect(await barriers(page)).toEqual([])

    const claimPage = await clara.followMail(order.email)
    expect(await barriers(claimPage)).toEqual([])
    await click(claimPage, /^Yes, add /)
    await claimPage.getByRole("heading", { name: "Thank you" }).waitFor()
    expect(await barriers(claimPage)).toEqual([])
    await claimPage.getByRole("link", { name: "See your orders" }).click()
    await claimPage
      .getByRole("heading", { name: `Order #${order.display_id}` })
      .waitFor()
    expect(await barriers(claimPage)).toEqual([])
  })
})

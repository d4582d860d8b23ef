import type { Browser, Page } from "playwright-core"
import {
  type Answer,
  ask,
  claimById,
  newestToken,
  ownerOf,
  request,
  submitPage,
} from "./claims"
import {
  chromiumAvailable,
  type GuestOrder,
  newShop,
  seriousIssues,
  type Shop,
  startBrowser,
  type Visit,
  visit,
  type VisitOptions,
} from "./stock-store"

jest.setTimeout(120_000)

const PASSWORD = "the right one: ünïcode & all"
const withChromium = chromiumAvailable() ? describe : describe.skip

describe("the hosted page for a claim that needs a login", () => {
  let shop: Shop

  const urlOf = (token: string) => `${shop.url}/order-claim?token=${token}`
  const open = (token: string) => request("GET", urlOf(token))
  const tryPassword = (token: string, password: string) =>
    submitPage(shop, { token, action: "confirm", password })
  const heading = ({ text }: Answer) => /<h1>(.*)<\/h1>/.exec(text)?.[1]
  const fields = ({ text }: Answer) =>
    [...text.matchAll(/<input [^>]*name="(\w+)"/g)].map(([, name]) => name)
  const buttons = ({ text }: Answer) =>
    [...text.matchAll(/name="action" value="(\w+)"/g)].map(([, name]) => name)

  /** Somebody asks for what they have ordered as a guest, with their own address. */
  const ownClaim = async (order: GuestOrder) => {
    const placed = await shop.placeGuestOrder(order)
    const { email } = order
    const owner = await shop.registerCustomer({ email, password: PASSWORD })
    const { id } = await ask(shop, owner, [placed.id])
    return { id, order: placed, owner, token: await newestToken(shop, id) }
  }

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: {
        claim_url: null,
        limits: false,
        brand: { url: "http://localhost:8000" },
      },
    })
  })
  afterAll(() => shop?.close())

  it("asks for the password, and moves the orders with it", async () => {
    const { order, owner, token } = await ownClaim({ email: "a@example.com" })
    const asked = await open(token)
    expect([asked.status, fields(asked), buttons(asked)]).toEqual([
      200,
      ["token", "password"],
      ["confirm", "decline"],
    ])
    const done = await tryPassword(token, PASSWORD)
    expect([done.status, heading(done)]).toEqual([
      200,
      "Done: added to the account",
    ])
    expect((await ownerOf(shop, order.id)).customer_id).toBe(owner.customer.id)
    // Somebody presses twice, or reloads.
    for (const again of [await tryPassword(token, PASSWORD), await open(token)])
      expect(heading(again)).toBe(heading(done))
  })

  it("checks five of twenty wrong ones at once, and then none", async () => {
    const { id, order, token } = await ownClaim({ email: "b@example.com" })
    const pages = await Promise.all(
      Array.from({ length: 20 }, (_, n) => tryPassword(token, `guess ${n}`))
    )
    expect(pages.map(({ status }) => status)).toEqual(Array(20).fill(401))
    expect((await claimById(shop, id)).password_attempts).toBe(5)

    const right = await tryPassword(token, PASSWORD)
    expect([right.status, heading(right), buttons(right)]).toEqual([
      401,
      "Too many wrong passwords",
      ["renew", "decline"],
    ])
    expect(heading(await open(token))).toBe(heading(right))
    expect((await claimById(shop, id)).password_attempts).toBe(5)
    expect((await ownerOf(shop, order.id)).email).toBe("b@example.com")
  })

  it("lets a reader decline who knows no password", async () => {
    const { id, token } = await ownClaim({ email: "c@example.com" })
    await submitPage(shop, { token, action: "decline", password: "" })
    expect((await claimById(shop, id)).status).toBe("declined")
  })

  it("sends an account of an external login to the shop", async () => {
    const { id, owner, token } = await ownClaim({ email: "d@example.com" })
    await shop.query("UPDATE customer SET password_hash = NULL WHERE id = $1", [
      owner.customer.id,
    ])
    const pages = [
      await open(token),
      await tryPassword(token, PASSWORD),
      await submitPage(shop, { token, action: "confirm" }),
    ]
    expect(pages.map(({ status }) => status)).toEqual([200, 401, 401])
    for (const page of pages) {
      expect([fields(page), buttons(page)]).toEqual([["token"], ["decline"]])
      expect(page.text).toContain("That account has no password here.")
    }
    expect((await claimById(shop, id)).password_attempts).toBe(0)
  })

  it("repeats no password, on the page or in the log", async () => {
    const { token } = await ownClaim({ email: "e@example.com" })
    const secret = `"><script>guess`
    const wrong = await tryPassword(token, secret)
    expect(wrong.text).toContain('role="alert"')
    for (const text of [wrong.text, shop.store.log()]) {
      expect(text).not.toMatch(/<script>|guess/)
    }
    const long = await tryPassword(token, "x".repeat(1001))
    expect([long.status, heading(long)]).toEqual([
      400,
      "This link does not work",
    ])
  })

  withChromium("in a browser without JavaScript", () => {
    let browser: Browser
    let visitor: Visit | undefined

    const button = (page: Page, name: string) =>
      page.getByRole("button", { name, exact: true })
    const title = (page: Page) => page.getByRole("heading", { level: 1 })
    const field = (page: Page) => page.getByLabel("Password of that account")
    const follow = async (token: string, options: VisitOptions = {}) => {
      visitor = await visit(browser, {
        javaScriptEnabled: false,
        expected: /the server responded with a status of 401/,
        ...options,
      })
      await visitor.page.goto(urlOf(token))
      return visitor.page
    }

    beforeAll(async () => {
      browser = await startBrowser()
    })
    afterEach(async () => {
      expect(visitor?.troubles() ?? []).toEqual([])
      await visitor?.close()
      visitor = undefined
    })
    afterAll(() => browser?.close())

    it("asks, asks again after a wrong password, and moves the orders", async () => {
      const { order, owner, token } = await ownClaim({ email: "f@example.com" })
      const page = await follow(token)
      // Nothing is posted without a password.
      await button(page, "Yes, add this order").click()
      expect(page.url()).toBe(urlOf(token))

      await field(page).fill("not this one")
      await field(page).press("Enter")
      await page.getByRole("alert").waitFor()
      expect(await page.getByRole("alert").textContent()).toBe(
        "Wrong password. Please try again."
      )
      expect(await field(page).inputValue()).toBe("")
      expect(await page.locator("input:focus").getAttribute("name")).toBe(
        "password"
      )
      await page.keyboard.type(PASSWORD)
      await button(page, "Yes, add this order").click()
      await title(page).getByText("Done").waitFor()
      const { customer_id } = await ownerOf(shop, order.id)
      expect(customer_id).toBe(owner.customer.id)
    })

    it("mails a new link after five wrong ones, which then works", async () => {
      const claim = await ownClaim({ email: "g@example.com" })
      const page = await follow(claim.token)
      for (let n = 1; n <= 5; n++) {
        await field(page).fill(`wrong ${n}`)
        await button(page, "Yes, add this order").click()
      }
      await title(page).getByText("Too many wrong passwords").waitFor()
      await button(page, "Send me a new link").click()
      await title(page).getByText("A new link is on its way").waitFor()

      await page.goto(urlOf(await newestToken(shop, claim.id)))
      await field(page).fill(PASSWORD)
      await button(page, "Yes, add this order").click()
      await title(page).getByText("Done").waitFor()
      const { customer_id } = await ownerOf(shop, claim.order.id)
      expect(customer_id).toBe(claim.owner.customer.id)
    })

    it("lets a reader decline with an empty field", async () => {
      const { id, token } = await ownClaim({ email: "h@example.com" })
      const page = await follow(token)
      await button(page, "It isn't my account").click()
      await title(page).getByText("Thank you, nothing was added").waitFor()
      expect((await claimById(shop, id)).status).toBe("declined")
    })

    it.each([
      ["light", "en", {}],
      ["dark", "en", { colorScheme: "dark" as const }],
      ["narrow", "ar", { viewport: { width: 320, height: 600 } }],
    ])("can be read by everybody: %s", async (name, locale, options) => {
      const { token } = await ownClaim({
        email: `${name}@example.com`,
        context: { locale },
      })
      // axe-core is a script; the page has none
      const page = await follow(token, { javaScriptEnabled: true, ...options })
      const readable = async () => {
        expect(await seriousIssues(page)).toEqual([])
        const width = await page.evaluate(
          "document.documentElement.scrollWidth"
        )
        expect(width).toBe(page.viewportSize()?.width)
      }
      await readable()
      await page.locator("input[type=password]").fill("wrong")
      await page.locator("button[value=confirm]").click()
      await page.getByRole("alert").waitFor()
      await readable()
    })
  })
})

import { mkdtempSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"
import { claims, confirm } from "./claims"
import { type LoggedIn, newShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

describe("the language of a claim", () => {
  let shop: Shop
  let clara: LoggedIn

  /** The mail to a guest who has ordered like this. */
  const mailFor = async (
    order: Omit<Parameters<Shop["placeGuestOrder"]>[0], "email">
  ) => {
    const email = `guest-${Math.random()}@example.com`
    const { id } = await shop.placeGuestOrder({ email, ...order })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [id] })
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    const claim = (await claims(shop)).find((row) => row.email === email)!
    return { mail: mail!, claim, email }
  }

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: false, locale: "sv" },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("is that of the order's cart", async () => {
    const { mail, claim } = await mailFor({ context: { locale: "fr-CA" } })

    expect(claim.locale).toBe("fr-CA")
    expect(mail.html).toContain('lang="fr-CA"')
    expect(mail.subject).toContain("commande")
  })

  it("else that of the country it was shipped to", async () => {
    const { mail, claim } = await mailFor({ context: {}, country: "de" })

    expect(claim.locale).toBe("de-DE")
    expect(mail.subject).toContain("Bestellung")
  })

  it.each([{ locale: "tlh" }, { locale: "de\r\nBcc: x" }, { locale: 7 }, {}])(
    "is not taken from a cart that says %j",
    async (context) => {
      const { claim } = await mailFor({ context, country: "dk" })

      expect(claim.locale).toBe("da-DK")
    }
  )

  it("else the shop's", async () => {
    const email = "nowhere@example.com"
    const { id } = await shop.placeGuestOrder({ email, context: {} })
    await shop.query(
      `UPDATE "order" SET shipping_address_id = NULL WHERE id = $1`,
      [id]
    )
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [id] })
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    const claim = (await claims(shop)).find((row) => row.email === email)!

    expect(claim.locale).toBeNull()
    expect(mail!.html).toContain('lang="sv"')
  })

  it("is that of the mails after a confirm too", async () => {
    const { mail, email } = await mailFor({ context: { locale: "it" } })
    expect((await confirm(shop, tokenIn(mail))).status).toBe(200)
    const [, told] = await shop.mail.waitForMails(2, { to: email })

    expect(told!.html).toContain('lang="it"')
    expect(told!.text).not.toContain(tokenIn(mail))
  })
})

describe("a shop's own words", () => {
  let shop: Shop
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "templates-"))
    writeFileSync(
      join(folder, "claim-request.html.hbs"),
      `<p class="mine">{{texts.intro}}</p><a href="{{link}}">{{texts.button}}</a>`
    )
    writeFileSync(join(folder, "claim-confirmed.text.hbs"), "{{#broken}")
    const templates = {
      texts: { de: { "request.button": "Jawohl!" } },
      folder,
    }
    shop = await newShop({ pluginOptions: { limits: false, templates } })
  })
  afterAll(async () => {
    await shop?.close()
    rmSync(folder, { recursive: true })
  })

  it("are mailed, and a template that fails is not missed by anybody", async () => {
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const email = "greta@example.com"
    const context = { locale: "de" }
    const { id } = await shop.placeGuestOrder({ email, context })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [id] })
    const [mail] = await shop.mail.waitForMails(1, { to: email })

    expect(mail!.html).toContain('<p class="mine">')
    expect(mail!.html).toContain(">Jawohl!</a>")
    expect(mail!.text).toContain("Jawohl!\n")
    expect(mail!.text).toContain("&action=decline")

    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
    const [, told] = await shop.mail.waitForMails(2, { to: email })
    expect(told!.text).toContain("Kundenkonto")
    await shop.store.waitForLog(
      "the shop's own template for claim-confirmed failed, so the built-in one is used"
    )
  })
})

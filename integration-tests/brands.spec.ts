import { mkdtempSync, rmSync, writeFileSync } from "fs"
import type { AddressObject } from "mailparser"
import { tmpdir } from "os"
import { join } from "path"
import { runInNewContext } from "vm"
import { codeBlocks } from "../docs/code-blocks"
import {
  ask,
  claimById,
  claimWithStatus,
  confirm,
  eventually,
  loginStaff,
  newestToken,
  request,
  resend,
  revertToken,
  submitPage,
  withToken,
  type ClaimRow,
} from "./claims"
import {
  createProduct,
  linkIn,
  type LoggedIn,
  newShop,
  type ReceivedMail,
  type Shop,
} from "./stock-store"

jest.setTimeout(180_000)

const [module_, options_] = codeBlocks().filter(
  ({ at, language }) => at.startsWith("docs/brands.md") && language === "js"
)

/** As the document has it, except that some orders ask for trouble in their metadata. */
const TROUBLE = `
const storefront = require("./storefronts")
const failed = new Set()
module.exports = async (about, container) => {
  const { trouble } = about.orders[0]?.metadata ?? {}
  if (trouble === "silence") return new Promise(() => undefined)
  if (trouble === "one error" && !failed.has(about.claim.id)) {
    failed.add(about.claim.id)
    throw new Error("the brands could not be loaded")
  }
  return storefront(about, container)
}
`

const NORTH = {
  name: "North",
  from: "orders@north.example",
  replyTo: "help@north.example",
  page: "https://north.example/account/claim-order",
  locale: "en",
}
const SOUTH = {
  name: "South",
  from: "orders@south.example",
  replyTo: "hilfe@south.example",
  page: "https://south.example/konto/bestellungen",
  locale: "de",
}
const BOTH = {
  name: "North & South",
  from: "orders@north-and-south.example",
  replyTo: undefined,
  page: "https://north-and-south.example/claim-order",
  locale: "en",
}

/** The parts of the brand that a reader sees in a mail. */
function brandOf(mail: ReceivedMail) {
  const address = (header: string) =>
    (mail.headers.get(header) as AddressObject | undefined)?.value[0]
  return {
    name: address("from")?.name,
    from: address("from")?.address,
    replyTo: address("reply-to")?.address,
    page: linkIn(mail).href.split("?")[0],
    locale: /<html[^>]* lang="([^"]+)"/.exec(mail.html)?.[1],
  }
}

describe("two brands on one store, as docs/brands.md has them", () => {
  const folder = mkdtempSync(join(tmpdir(), "order-claim-brands-"))
  let shop: Shop
  let clara: LoggedIn
  let staff: string
  let north: string
  let south: string
  let variant_id: string

  beforeAll(async () => {
    writeFileSync(join(folder, "storefronts.js"), module_!.code)
    writeFileSync(join(folder, "trouble.js"), TROUBLE)
    const options = runInNewContext(`${options_!.code}; options`, {
      process: { env: {} },
      require: () => ({}),
    }) as Record<string, unknown>
    shop = await newShop({
      pluginOptions: {
        ...options,
        // The test's own mail server, which the process knows.
        transport: undefined,
        storefront: { $require: join(folder, "trouble.js") },
        limits: false,
        delivery: { first_retry: "1s" },
      },
    })
    const { admin } = await shop.loginAdmin()
    const client = await shop.loginAdmin()
    const product = await createProduct(client, { title: "Mug" })
    variant_id = product.variants[0]!.id!
    const newChannel = async (name: string) => {
      const { sales_channel } = await admin.salesChannels.create({
        name,
        description: "",
      })
      await admin.salesChannels.addProducts(sales_channel.id, {
        product_ids: [{ id: product.id }],
      })
      return sales_channel.id
    }
    north = await newChannel("North")
    south = await newChannel("South")
    await shop.store.stop()
    await shop.startAgain({
      env: { NORTH_SALES_CHANNEL_ID: north, SOUTH_SALES_CHANNEL_ID: south },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
  })
  afterAll(async () => {
    await shop?.close()
    rmSync(folder, { recursive: true })
  })

  const order = async (salesChannelId: string, email: string) => {
    const items = [{ variant_id }]
    const { id } = await shop.placeGuestOrder({ email, items, salesChannelId })
    return id
  }
  const troubled = async (
    trouble: string,
    salesChannelId: string,
    email: string
  ) => {
    const id = await order(salesChannelId, email)
    await shop.query('UPDATE "order" SET metadata = $2 WHERE id = $1', [
      id,
      { trouble },
    ])
    return id
  }
  const mailTo = async (email: string, count = 1) =>
    (await shop.mail.waitForMails(count, { to: email })).at(-1)!
  const page = (token: string) =>
    request("GET", `${shop.url}/order-claim?token=${token}`)
  const shown = ({ text }: { text: string }) => ({
    name: /<header><bdi>(.*)<\/bdi>/.exec(text)?.[1],
    locale: /<html lang="([^"]+)"/.exec(text)?.[1],
  })

  it("the document has the code that is run here", () => {
    expect(module_?.code).toMatch(/^\/\/ storefronts\.js\n/)
    expect(options_?.code).toMatch(/^const options = /)
  })

  describe.each([
    ["North", () => north, NORTH],
    ["South", () => south, SOUTH],
  ])("a claim of an order of %s", (name, channel, brand) => {
    const email = `greta@${name.toLowerCase()}-guest.example`
    let claim: ClaimRow

    it("is mailed in its name, from its sender, with its link, in its language", async () => {
      claim = await ask(shop, clara, [await order(channel(), email)])
      const mail = await mailTo(email)
      expect(brandOf(mail)).toEqual(brand)
      expect(mail.envelope.from).toBe(brand.from)
      expect(mail.subject).toMatch(new RegExp(`^${name}: `))
    })

    it("is resent so by staff", async () => {
      await newestToken(shop, claim.id)
      expect((await resend(shop, staff, claim.id)).status).toBe(200)
      expect(brandOf(await mailTo(email, 2))).toEqual(brand)
    })

    it("is renewed so by its reader", async () => {
      const token = await newestToken(shop, claim.id)
      await shop.query(
        "UPDATE order_claim SET expires_at = now() - interval '1 s' WHERE id = $1",
        [claim.id]
      )
      expect((await withToken(shop, "renew", token)).status).toBe(200)
      expect(brandOf(await mailTo(email, 3))).toEqual(brand)
    })

    it("has its page, hosted, before and after the confirm, and its mails", async () => {
      const token = await newestToken(shop, claim.id)
      const { name, locale } = brand
      expect(shown(await page(token))).toEqual({ name, locale })
      const done = await submitPage(shop, { action: "confirm", token })
      expect([done.status, shown(done)]).toEqual([200, { name, locale }])
      expect(brandOf(await mailTo(email, 4))).toEqual(brand)

      const revert = await revertToken(shop, claim.id)
      expect(shown(await page(revert))).toEqual({ name, locale })
      await submitPage(shop, { action: "revert", token: revert })
      const { from, replyTo } = brand
      const reverted = await mailTo(email, 5)
      const address = reverted.headers.get("from") as AddressObject
      expect(address.value).toEqual([{ name, address: from }])
      const replies = reverted.headers.get("reply-to") as AddressObject
      expect(replies.value[0]!.address).toBe(replyTo)
      expect(shown(await page(token))).toEqual({ name, locale })
    })
  })

  it("a claim of orders of both has the options, and once moved, its own brand", async () => {
    const email = "gustav@example.com"
    const [one, other] = [await order(north, email), await order(south, email)]
    const claim = await ask(shop, clara, [one, other])
    expect(brandOf(await mailTo(email))).toEqual(BOTH)
    const token = await newestToken(shop, claim.id)
    expect(shown(await page(token)).name).toBe("North &amp; South")

    // Only South's is left to move.
    await shop.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
      one,
    ])
    expect((await confirm(shop, token)).status).toBe(200)
    expect(brandOf(await mailTo(email, 2))).toEqual(SOUTH)
  })

  it("a function that throws once is called again, and mails once", async () => {
    const email = "gloria@example.com"
    const id = await troubled("one error", south, email)
    const claim = await ask(shop, clara, [id])
    expect(brandOf(await mailTo(email))).toEqual(SOUTH)
    await newestToken(shop, claim.id)
    expect(
      shop.mail.mails.filter(({ envelope }) => envelope.to.includes(email))
    ).toHaveLength(1)
    const { deliveries } = await claimById(shop, claim.id)
    expect(deliveries.map(({ outcome }) => outcome)).toEqual([
      "deferred",
      "accepted",
    ])
    expect(deliveries[0]!.response).toContain("the brands could not be loaded")
    expect(shop.store.log()).toMatch(
      /StorefrontError: storefront threw[^]+caused by: Error: the brands could not be loaded\s+at .*trouble\.js/
    )
  })

  it("one that does not answer delays no mail of the other brand", async () => {
    const silent = await troubled("silence", north, "silent@example.com")
    const claim = await ask(shop, clara, [silent])
    const email = "gerd@example.com"
    const other = await ask(shop, clara, [await order(south, email)])
    expect(brandOf(await mailTo(email))).toEqual(SOUTH)
    const sent = await claimById(shop, other.id)
    expect(sent.attempts).toBe(1)

    await eventually(
      async () =>
        (await claimById(shop, claim.id)).last_error?.includes(
          "storefront did not respond within 5 s"
        ),
      "the time limit on record"
    )
    expect((await claimWithStatus(shop, "pending")).id).toBe(claim.id)
    // The function recovers.
    await shop.query(
      `UPDATE "order" SET metadata = '{"trouble":"one error"}' WHERE id = $1`,
      [silent]
    )
    const mail = await mailTo("silent@example.com")
    expect(brandOf(mail)).toEqual(NORTH)
  })

  it("the page of a claim whose function fails is nobody's", async () => {
    const email = "gina@example.com"
    const id = await order(north, email)
    const claim = await ask(shop, clara, [id])
    const token = await newestToken(shop, claim.id)
    await shop.query(
      `UPDATE "order" SET sales_channel_id = NULL WHERE id = $1`,
      [id]
    )
    for (const failed of [
      await page(token),
      await submitPage(shop, { action: "confirm", token }),
    ]) {
      expect(failed.status).toBe(500)
      expect(shown(failed).name).toBeUndefined()
      expect(failed.text).not.toMatch(/north|south/i)
    }
    expect((await claimById(shop, claim.id)).status).toBe("sent")
    expect(shop.store.log()).toContain("no storefront for sales channel null")
  })
})

import { mkdtempSync, rmSync, writeFileSync } from "fs"
import { tmpdir } from "os"
import { join } from "path"
import { codeBlocks } from "../docs/code-blocks"
import { claimedOrder, claims, confirm, eventually, post } from "./claims"
import { installNeighbours } from "./neighbours/install"
import { type SendGrid, startSendGrid } from "./neighbours/sendgrid"
import {
  adminLogin,
  type LoggedIn,
  newShop,
  type Redis,
  redisAvailable,
  type Shop,
  startRedis,
  theHarness,
  tokenIn,
} from "./stock-store"

jest.setTimeout(180_000)

const here = (name: string) => join(__dirname, "neighbours", name)

describe("a store with other notification plugins", () => {
  let folder: string
  let sendgrid: SendGrid
  let neighbours: object[]
  let shop: Shop
  let clara: LoggedIn

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "order-claim-neighbours-"))
    sendgrid = await startSendGrid()
    const installed = await installNeighbours(theHarness().folder)
    neighbours = [
      {
        resolve: installed("medusa-plugin-sendgrid"),
        options: {
          api_key: "SG.recorded",
          from: "orders@shop.example",
          user_password_reset_template: "d-password",
        },
      },
      {
        resolve: installed("medusa-plugin-ses"),
        options: {
          access_key_id: "recorded",
          secret_access_key: "recorded",
          region: "eu-central-1",
          from: "orders@shop.example",
          template_path: folder,
        },
      },
      {
        resolve: here("redirect"),
        options: { client: installed("@sendgrid/mail"), url: sendgrid.url },
      },
      { resolve: here("subscribing") },
    ]
  })
  afterEach(async () => {
    await shop?.close()
    sendgrid.mails.length = 0
    sendgrid.status = 202
  })
  afterAll(async () => {
    await sendgrid?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  const open = async (options: Parameters<typeof newShop>[0] = {}) => {
    shop = await newShop({ extraPlugins: neighbours, ...options })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  }
  /** Makes another plugin mail: an admin has forgotten the password. */
  const resetPassword = () =>
    post(`${shop.url}/admin/users/password-token`, { email: adminLogin.email })
  const recipients = () =>
    sendgrid.mails.map(({ personalizations }) => personalizations[0]?.to[0])

  const mailsOncePerClaim = async () => {
    const { token } = await claimedOrder(shop, clara, "greta@example.com")
    await resetPassword()
    await sendgrid.waitForMails(1)
    // what would be a second mail had its time: another claim went all the way
    await claimedOrder(shop, clara, "gustav@example.com")

    expect(shop.mail.recipients).toEqual([
      "greta@example.com",
      "gustav@example.com",
    ])
    expect(recipients()).toEqual([{ email: adminLogin.email }])
    expect(sendgrid.mails[0]?.template_id).toBe("d-password")
    expect(await claims(shop)).toHaveLength(2)
    expect((await confirm(shop, token)).status).toBe(200)
  }

  it("mails each event once, by the one it belongs to", async () => {
    await open()
    await mailsOncePerClaim()
  })

  const onRedis = redisAvailable() ? it : it.skip
  onRedis(
    "does so on Redis, where the provider that a loader subscribed runs too",
    async () => {
      const redis: Redis = await startRedis()
      try {
        await open({ bus: { redisUrl: redis.url } })
        await mailsOncePerClaim()
      } finally {
        await shop.close()
        await redis.stop()
      }
    }
  )

  describe("that mails claims through one of them, as docs/sending.md shows", () => {
    const transport = () => {
      const block = codeBlocks().find(
        ({ at, code }) => at.includes("sending") && code.includes("sendEmail")
      )
      const file = join(folder, "transport.js")
      writeFileSync(file, `${block!.code}\nmodule.exports = transport\n`)
      return { $require: file }
    }

    const firstDelivery = () =>
      eventually(
        async () => (await claims(shop))[0]?.deliveries[0],
        "an attempt on record"
      )

    it("hands it the whole mail", async () => {
      await open({ pluginOptions: { transport: transport() } })
      const email = "greta@example.com"
      const order = await shop.guestOrder(email)
      await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
      const [mail] = await sendgrid.waitForMails(1)

      expect(mail).toMatchObject({
        personalizations: [{ to: [{ email }] }],
        from: { email: "orders@shop.example", name: "Hill & Valley" },
      })
      expect(mail?.subject).toContain(`#${order.display_id}`)
      const text = mail?.content?.find(({ type }) => type === "text/plain")
      expect((await confirm(shop, tokenIn({ text: text!.value }))).status).toBe(
        200
      )
      expect(shop.mail.recipients).toEqual([])
      expect((await firstDelivery()).response).toBe("202 accepted by SendGrid")
    })

    it.each([
      [400, "failed", "refused"],
      [500, "pending", "deferred"],
      [429, "pending", "deferred"],
    ])("goes by its answer %i", async (status, expected, outcome) => {
      sendgrid.status = status
      await open({ pluginOptions: { transport: transport() } })
      const order = await shop.guestOrder("greta@example.com")
      await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })

      expect((await firstDelivery()).outcome).toBe(outcome)
      expect((await claims(shop))[0]?.status).toBe(expected)
    })
  })
})

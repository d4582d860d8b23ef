import { claims, claimWithStatus, eventually, post } from "./claims"
import {
  createProduct,
  type LoggedIn,
  sharedShop,
  type Shop,
  tokenIn,
} from "./stock-store"

jest.setTimeout(120_000)

const CLAIM_REQUESTED = "order-update-token.created"

describe("hostile input", () => {
  let shop: Shop
  let mallory: LoggedIn

  const emit = (data: unknown) =>
    post(`${shop.url}/probe/emit`, { event: CLAIM_REQUESTED, data })

  beforeAll(async () => {
    shop = await sharedShop()
    mallory = await shop.registerCustomer({
      email: "mallory@example.com",
      first_name: "<img src=x>",
      last_name: "Mallory\r\nBcc: everybody@example.com\r\n\r\n<script>",
    })
  })
  afterAll(() => shop?.close())

  it("arrives as text: names and titles bring no markup and no header", async () => {
    const product = await createProduct(await shop.loginAdmin(), {
      title: "Mug & <b>Saucer</b>",
    })
    const order = await shop.placeGuestOrder({
      email: "greta@example.com",
      items: [{ variant_id: product.variants[0]!.id }],
    })
    await mallory.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const [mail] = await shop.mail.waitForMails(1)

    expect(mail?.text).toContain("Mug & <b>Saucer</b>")
    expect(mail?.text).toContain(
      "<img src=x> Mallory Bcc: everybody@ example. com <script> (m***@example.com)"
    )
    expect(mail?.html).toContain("Mug &amp; &lt;b&gt;Saucer&lt;/b&gt;")
    expect(mail?.html).toContain("&lt;img src&#x3D;x&gt;")
    expect(mail?.html).not.toMatch(/<img|<script|<b>Saucer/)
    expect(mail?.headers.has("bcc")).toBe(false)
    expect(mail?.subject).not.toMatch(/mallory/i)
    expect(mail?.envelope.to).toEqual(["greta@example.com"])
    expect(tokenIn(mail!)).toBeTruthy()
  })

  it.each<[string, (valid: object) => unknown, string]>([
    ["no fields", () => ({}), "old_email"],
    ["nothing", () => null, "payload"],
    ["a string", () => "orders", "payload"],
    ["wrong types", () => ({ old_email: 1, orders: "order_1" }), "orders"],
    [
      "an order id that is none",
      (valid) => ({ ...valid, orders: ["order_1", "line\nbreak"] }),
      "orders.1",
    ],
    ["no orders", (valid) => ({ ...valid, orders: [] }), "orders"],
    [
      "more than 3,000 orders",
      (valid) => ({
        ...valid,
        orders: Array.from({ length: 3001 }, (_, i) => `order_${i}`),
      }),
      "orders",
    ],
    [
      "what no database stores",
      (valid) => ({ ...valid, old_email: "a\u0000\ud800@example.com" }),
      "old_email",
    ],
  ])(
    "of an event with %s is one clear line in the log",
    async (_, make, field) => {
      const before = shop.store.log().length
      const known = (await claims(shop)).length
      await emit(make(event({})))
      const line = await eventually(() => {
        const lines = shop.store.log().slice(before).split("\n")
        return lines.find((l) => l.includes("carries no order claim"))
      }, "a line in the log")

      expect(line).toContain(CLAIM_REQUESTED)
      expect(line).toContain(field)
      expect(line).not.toContain("secret-token")
      expect(await claims(shop)).toHaveLength(known)
    }
  )

  it("of an event with unknown orders is on record, and mails nobody", async () => {
    await emit(event({ orders: ["order_unknown"] }))
    const claim = await claimWithStatus(shop, "ineligible")

    expect(claim.last_error).toBe("no order may be claimed: 1 unknown")
    await shop.store.waitForLog(
      `${claim.id} to g***@example.com is not emailed`
    )
  })

  it("in the order's address reaches nobody", async () => {
    const { admin } = await shop.loginAdmin()
    const order = await shop.guestOrder("plain@example.com")
    for (const [n, old_email] of [
      "a@example.com, b@example.com",
      "A <a@example.com>",
      "a@example.com\r\nRCPT TO:<b@example.com>",
    ].entries()) {
      await shop.query('UPDATE "order" SET email = $1 WHERE id = $2', [
        old_email,
        order.id,
      ])
      await emit(event({ old_email, orders: [order.id], token: `token-${n}` }))
      const claim = await eventually(
        async () => (await claims(shop)).find((c) => c.email === old_email),
        "the claim on record"
      )
      expect(claim.status).toBe("ineligible")
    }
    expect(shop.mail.recipients).toEqual(["greta@example.com"])
    expect((await admin.orders.retrieve(order.id)).order.id).toBe(order.id)
  })

  it("does not keep the next claim from its mail", async () => {
    const order = await shop.guestOrder("after@example.com")
    await mallory.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })

    await shop.mail.waitForMails(1, { to: "after@example.com" })
  })

  function event(changes: object) {
    return {
      old_email: "greta@example.com",
      new_customer_id: mallory.customer.id,
      orders: ["order_1"],
      token: "secret-token",
      ...changes,
    }
  }
})

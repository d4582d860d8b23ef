import { confirm, post } from "./claims"
import { newShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

const JWT = /eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/

describe("the token", () => {
  let shop: Shop
  let answers = ""
  let tokens: string[]

  beforeAll(async () => {
    shop = await newShop()
    const email = "greta@example.com"
    const order = await shop.placeGuestOrder({ email })
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const [first] = await shop.mail.waitForMails(1)

    const { admin } = await shop.loginAdmin()
    const { notifications } = await admin.notifications.list({
      resource_id: order.id,
      fields: "id,data,to,event_name,resource_id,created_at",
      expand: "resends",
    })
    const resent = await admin.notifications.resend(notifications[0]!.id, {})
    const [, second] = await shop.mail.waitForMails(2)
    tokens = [tokenIn(first!), tokenIn(second!)]

    const refused = await confirm(shop, tokens[0])
    const confirmed = await confirm(shop, tokens[1])
    const broken = await post(
      `${shop.url}/store/orders/customer/confirm`,
      `{ "token": "${tokens[1]}"`
    )
    answers = JSON.stringify([
      notifications,
      resent.notification,
      [refused, confirmed, broken].map(({ text }) => text),
    ])
    expect([refused.status, confirmed.status, broken.status]).toEqual([
      400, 200, 400,
    ])
  })
  afterAll(() => shop?.close())

  it("is in no table of the plugin, and in no notification", async () => {
    const [dump] = await shop.query<{ claims: string; notifications: string }>(
      `SELECT
         (SELECT string_agg(c::text, ' ') FROM order_claim c) AS claims,
         (SELECT string_agg(n::text, ' ') FROM notification n) AS notifications`
    )
    expect(dump?.claims).toContain("oclaim_")
    expect(dump?.notifications).toContain("oclaim_")
    expect(`${dump?.claims} ${dump?.notifications}`).not.toMatch(JWT)
  })

  it("is in no answer of the API", () => {
    expect(answers).toContain("oclaim_")
    expect(answers).not.toMatch(JWT)
  })

  it("is not in the log, where addresses are masked", () => {
    const log = shop.store.log()
    expect(log).toContain("to g***@example.com sent")
    expect(log).toContain("POST /store/orders/customer/confirm")
    for (const token of tokens) expect(log).not.toContain(token)
    expect(log).not.toMatch(JWT)
    expect(log).not.toContain("greta@example.com")
  })
})

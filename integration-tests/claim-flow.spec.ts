import { everyBus } from "./buses"
import { claimWithStatus, confirm } from "./claims"
import {
  linkIn,
  type LoggedIn,
  newShop,
  type ReceivedMail,
  type Redis,
  type Shop,
  startRedis,
  tokenIn,
} from "./stock-store"

jest.setTimeout(120_000)

const GUEST = "greta@example.com"
describe.each(everyBus)("a guest's orders, on the %s event bus", (bus) => {
  let redis: Redis | undefined
  let shop: Shop
  let clara: LoggedIn
  let orderIds: string[]
  let mail: ReceivedMail

  const ordersOfClara = async () => {
    const { orders } = await clara.medusa.customers.listOrders()
    return orders.map((order) => order.id).sort()
  }
  const notificationsOf = async (orderId: string) => {
    const { admin } = await shop.loginAdmin()
    const { notifications } = await admin.notifications.list({
      resource_id: orderId,
    })
    return notifications
  }

  beforeAll(async () => {
    redis = bus === "redis" ? await startRedis() : undefined
    shop = await newShop(redis ? { bus: { redisUrl: redis.url } } : {})
    const first = await shop.placeGuestOrder({ email: GUEST })
    const second = await shop.placeGuestOrder({ email: GUEST })
    orderIds = [first.id, second.id].sort()
    clara = await shop.registerCustomer({
      email: "clara@example.com",
      first_name: "Clara",
      last_name: "Schumann",
    })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: orderIds })
    mail = (await shop.mail.waitForMails(1))[0]!
  })
  afterAll(async () => {
    await shop?.close()
    await redis?.stop()
  })

  it("are asked for in one mail, to the address on the orders", async () => {
    const claim = await claimWithStatus(shop, "sent")

    expect(shop.mail.recipients).toEqual([GUEST])
    expect(claim).toMatchObject({
      email: GUEST,
      customer_id: clara.customer.id,
      attempts: 1,
      deliveries: [{ outcome: "accepted" }],
    })
    expect([...claim.order_ids].sort()).toEqual(orderIds)
  })

  it("are listed in the mail, with who asks masked and when the link ends", () => {
    expect(mail.subject).toBe("Hill & Valley: Add your 2 orders to an account?")
    for (const part of [mail.text, mail.html.replace(/<[^>]+>/g, " ")]) {
      expect(part).toContain("Clara Schumann")
      expect(part).toContain("c***@example.com")
      expect(part).toContain("#1")
      expect(part).toContain("#2")
      expect(part).toContain("24 hours")
      expect(part).not.toContain("clara@example.com")
    }
  })

  it("come in a mail that no robot answers and no mail system doubles", async () => {
    const { id } = await claimWithStatus(shop, "sent")

    expect(mail.headers.get("auto-submitted")).toBe("auto-generated")
    expect(mail.headers.get("message-id")).toBe(`<${id}.1@shop.example>`)
  })

  it("show one mail on each order's page in the admin", async () => {
    for (const orderId of orderIds) {
      const notifications = await notificationsOf(orderId)

      expect(notifications).toHaveLength(1)
      expect(notifications[0]).toMatchObject({
        event_name: "order-update-token.created",
        provider_id: "order-claim",
        to: GUEST,
      })
      const rows = await shop.query<{ customer_id: string; data: object }>(
        "SELECT customer_id, data FROM notification WHERE resource_id = $1",
        [orderId]
      )
      expect(rows[0]?.customer_id).not.toBe(clara.customer.id)
      expect(rows[0]?.data).toMatchObject({ status: "sent" })
    }
  })

  it("are reached by a link that keeps the page's own query and hash", () => {
    const link = linkIn(mail)

    expect(link.origin + link.pathname).toBe("https://shop.example/claim")
    expect(link.search).toMatch(/^\?from=mail&token=[\w.-]+$/)
    expect(link.hash).toBe("#orders")
    expect(mail.html).toContain("https://shop.example/claim?from&#x3D;mail")
  })

  it("stay the guest's until the link is confirmed", async () => {
    expect(await ordersOfClara()).toEqual([])
  })

  it("change hands when the page confirms, with the official client", async () => {
    const confirmed = (await clara.medusa.orders.confirmRequest({
      token: tokenIn(mail),
    })) as { response: { status: number } }

    expect(confirmed.response.status).toBe(200)
    expect(await ordersOfClara()).toEqual(orderIds)
    await claimWithStatus(shop, "confirmed")
    const rows = await shop.query<{ email: string }>(
      'SELECT DISTINCT email FROM "order"'
    )
    expect(rows).toEqual([{ email: "clara@example.com" }])
  })

  it("tell the shop's other plugins", async () => {
    await shop.store.waitForLog("Processing order.updated")
    await shop.store.waitForLog("Processing order-claim.confirmed")
  })

  it("answer the same link once more with OK, and change nothing", async () => {
    const before = await shop.query('SELECT * FROM "order" ORDER BY id')
    const again = await confirm(shop, tokenIn(mail))

    expect([again.status, again.text]).toEqual([200, "OK"])
    expect(await shop.query('SELECT * FROM "order" ORDER BY id')).toEqual(
      before
    )
  })
})

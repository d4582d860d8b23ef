import { claims, claimWithStatus, eventually, post } from "./claims"
import { type LoggedIn, sharedShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

const CLAIM_REQUESTED = "order-update-token.created"

describe("the provider, through NotificationService.send", () => {
  let shop: Shop
  let clara: LoggedIn

  const send = async (data: object, event = CLAIM_REQUESTED) =>
    (await post(`${shop.url}/probe/send`, { event, data })) as unknown as {
      status: number
      body: {
        notification: { id: string; resource_id: string; to: string } | null
      }
    }
  const notificationsOf = (orderId: string) =>
    shop.query<{ id: string; data: { status: string } }>(
      "SELECT id, data FROM notification WHERE resource_id = $1",
      [orderId]
    )
  const request = (email: string, orders: string[], token: string) => ({
    old_email: email,
    new_customer_id: clara.customer.id,
    orders,
    token,
  })

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("mails a claim and records it itself when the payload has no id", async () => {
    const email = "without-id@example.com"
    const order = await shop.guestOrder(email)
    const { status, body } = await send(request(email, [order.id], "t1"))

    expect([status, body.notification]).toEqual([200, null])
    await shop.mail.waitForMails(1, { to: email })
    expect(await notificationsOf(order.id)).toHaveLength(1)
  })

  it("lets core record the order that the payload names", async () => {
    const email = "with-id@example.com"
    const orders = [await shop.guestOrder(email), await shop.guestOrder(email)]
    const ids = orders.map(({ id }) => id)
    const { body } = await send({ ...request(email, ids, "t2"), id: ids[0] })

    expect(body.notification).toMatchObject({ resource_id: ids[0], to: email })
    for (const id of ids) {
      await eventually(async () => {
        const rows = await notificationsOf(id)
        return rows.length === 1 && rows[0]?.data.status === "sent"
      }, "one notification per order, up to date")
    }
  })

  it("mails nothing twice when the event was there already", async () => {
    const email = "twice@example.com"
    const order = await shop.guestOrder(email)
    const data = request(email, [order.id], "t3")
    await Promise.all(Array.from({ length: 20 }, () => send(data)))
    const marker = await shop.guestOrder("marker@example.com")
    await send(request("marker@example.com", [marker.id], "t4"))
    await shop.mail.waitForMails(1, { to: "marker@example.com" })

    expect(shop.mail.recipients.filter((to) => to === email)).toEqual([email])
    expect(await notificationsOf(order.id)).toHaveLength(1)
  })

  it("has nothing to do with other events", async () => {
    const { body } = await send({ id: "order_1" }, "order.placed")

    expect(body.notification).toBeNull()
  })

  it("records nothing on the order's page for a claim that is not mailed", async () => {
    const order = await shop.guestOrder("canceled@example.com")
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(order.id)
    const data = request("canceled@example.com", [order.id], "t5")

    expect((await send({ ...data, id: order.id })).body.notification).toBeNull()
    expect((await claimWithStatus(shop, "ineligible")).last_error).toBe(
      "no order may be claimed: 1 canceled"
    )
    expect(await notificationsOf(order.id)).toEqual([])
  })

  it("answers forty sends at once although each holds a connection of the shop", async () => {
    const email = "many@example.com"
    const order = await shop.guestOrder(email)
    const sends = Array.from({ length: 40 }, (_, n) =>
      send(request(email, [order.id], `many-${n}`))
    )
    for (const { status } of await Promise.all(sends)) expect(status).toBe(200)

    const mails = await shop.mail.waitForMails(40, { to: email })
    expect(new Set(mails.map((mail) => tokenIn(mail))).size).toBe(40)
    expect(
      (await claims(shop)).filter((claim) => claim.email === email)
    ).toHaveLength(40)
  })
})

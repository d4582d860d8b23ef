import jwt from "jsonwebtoken"
import {
  claimedOrder,
  claims,
  confirm,
  eventually,
  expire,
  mailsWithKey,
  ownerOf,
  post,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

const SECRET = "a jwt secret for tests, long enough to be one"

describe("the confirm route", () => {
  let shop: Shop
  let clara: LoggedIn

  const claimedByClara = (email: string) => claimedOrder(shop, clara, email)
  const owner = (orderId: string) => ownerOf(shop, orderId)

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("refuses a link whose time is over", async () => {
    const { token, order, claim } = await claimedByClara("late@example.com")
    await expire(shop, claim.id)
    expect(await confirm(shop, token)).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_expired" },
    })
    expect((await owner(order.id)).email).toBe("late@example.com")
  })

  it("accepts the event's own token, and then no link of that claim", async () => {
    const { order, token, claim } = await claimedByClara("event@example.com")
    const eventToken = jwt.sign(
      { claimingCustomerId: clara.customer.id, orders: [order.id] },
      SECRET,
      { expiresIn: "15m" }
    )
    // The event's token is known by its hash alone: stand in for core's bytes.
    await shop.query(
      "UPDATE order_claim SET event_token_hash = encode(sha256($1), 'hex') WHERE id = $2",
      [Buffer.from(eventToken), claim.id]
    )
    expect((await confirm(shop, eventToken)).status).toBe(200)
    expect((await owner(order.id)).customer_id).toBe(clara.customer.id)
    expect((await confirm(shop, token)).body.code).toBe("order_claim_used")
    expect((await confirm(shop, eventToken)).status).toBe(200)
  })

  it("opens and confirms the claim of an event that has not arrived", async () => {
    const order = await shop.guestOrder("early@example.com")
    const token = jwt.sign(
      { claimingCustomerId: clara.customer.id, orders: [order.id] },
      SECRET,
      { expiresIn: "15m" }
    )
    expect((await confirm(shop, token)).status).toBe(200)
    expect((await owner(order.id)).customer_id).toBe(clara.customer.id)

    // The event arrives after all: it finds its claim, and no link is mailed.
    await post(`${shop.url}/probe/emit`, {
      event: "order-update-token.created",
      data: {
        old_email: "early@example.com",
        new_customer_id: clara.customer.id,
        orders: [order.id],
        token,
      },
    })
    await shop.store.waitForLog(
      /Processing order-update-token.created(.|\n)*Processing order-claim.confirmed|Processing order-claim.confirmed(.|\n)*Processing order-update-token.created/
    )
    const rows = (await claims(shop)).filter(
      ({ email }) => email === "early@example.com"
    )
    expect(rows.map(({ status }) => status)).toEqual(["confirmed"])
    const [row] = rows
    await eventually(
      () => mailsWithKey(shop, `${row!.id}.confirmed.recipient`)[0],
      "the notice to the old address"
    )
    const toThem = shop.mail.recipients.filter(
      (address) => address === "early@example.com"
    )
    expect(toThem).toHaveLength(1)
  })

  it("moves the orders of a claim that may move, and leaves the others", async () => {
    const email = "some@example.com"
    const [kept, canceled, readdressed] = [
      await shop.guestOrder(email),
      await shop.guestOrder(email),
      await shop.guestOrder(email),
    ]
    await clara.medusa.orders.requestCustomerOrders({
      order_ids: [kept.id, canceled.id, readdressed.id],
    })
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(canceled.id)
    await admin.orders.update(readdressed.id, { email: "moved@example.com" })

    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
    expect((await owner(kept.id)).customer_id).toBe(clara.customer.id)
    expect((await owner(canceled.id)).email).toBe(email)
    expect((await owner(readdressed.id)).email).toBe("moved@example.com")
  })

  it.each([
    "/store//orders/customer/confirm",
    "/store/orders//customer/confirm",
    "/store/orders/customer//confirm",
    "//store/orders/customer/confirm",
    "/store/orders/customer/confirm/",
    "/STORE/Orders/customer/CONFIRM",
  ])("has no back door to core's own route: %s", async (path) => {
    // Core would move it: signed with the shop's secret, and for an order of
    // somebody with an account.
    const bob = await shop.registerCustomer({
      email: `bob-${Math.random()}@example.com`,
    })
    const order = await shop.guestOrder("guest@example.com")
    await shop.query('UPDATE "order" SET customer_id = $1 WHERE id = $2', [
      bob.customer.id,
      order.id,
    ])
    const token = jwt.sign(
      { claimingCustomerId: clara.customer.id, orders: [order.id] },
      SECRET,
      { expiresIn: "15m" }
    )
    const { status } = await post(`${shop.url}${path}`, { token })

    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect((await owner(order.id)).customer_id).toBe(bob.customer.id)
  })

  it("leaves other plugins' raw webhooks their raw body", async () => {
    const raw = '{ "spaces":   "kept" }'
    const answer = await post(`${shop.url}/store/orders/probe/webhook`, raw)

    expect(answer.body).toEqual({ isRaw: true, body: raw })
  })
})

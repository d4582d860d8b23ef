import jwt from "jsonwebtoken"
import { claims, confirm, eventually, post, probe } from "./claims"
import { type LoggedIn, newShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(120_000)

const SECRET = "a jwt secret for tests, long enough to be one"

describe("the confirm route", () => {
  let shop: Shop
  let clara: LoggedIn

  /** An order that Clara has asked for, and the token of the mailed link. */
  const claimedOrder = async (email: string) => {
    const order = await shop.placeGuestOrder({ email })
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    const claim = (await claims(shop)).find((row) => row.email === email)!
    return { order, claim, token: tokenIn(mail!) }
  }
  const ownerOf = async (orderId: string) => {
    const [row] = await shop.query<{ customer_id: string; email: string }>(
      'SELECT customer_id, email FROM "order" WHERE id = $1',
      [orderId]
    )
    return row!
  }

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: false },
      extraPlugins: [probe],
      env: { JWT_SECRET: SECRET },
    })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("refuses whatever is no token of a claim, in the same words", async () => {
    const { claim, token, order } = await claimedOrder("forged@example.com")
    const now = Math.floor(Date.now() / 1000)
    const payload = {
      order_claim_id: claim.id,
      generation: 1,
      iat: now,
      exp: now + 900,
    }
    const forged: Record<string, unknown> = {
      nothing: undefined,
      "a number": 1,
      "an object": {},
      garbage: "garbage",
      "a tampered one": `${token.slice(0, -2)}AA`,
      "the wrong secret": jwt.sign(payload, "supersecret"),
      "no signature": jwt.sign(payload, "", { algorithm: "none" }),
      "a login": jwt.sign({ customer_id: clara.customer.id }, SECRET),
      "no orders": jwt.sign({ claimingCustomerId: clara.customer.id }, SECRET, {
        expiresIn: "15m",
      }),
      "an empty list of orders": jwt.sign(
        { claimingCustomerId: clara.customer.id, orders: [] },
        SECRET,
        { expiresIn: "15m" }
      ),
      "a claim that never was": jwt.sign(
        { ...payload, order_claim_id: "oclaim_none" },
        SECRET
      ),
      "a generation that never was": jwt.sign(
        { ...payload, generation: 7 },
        SECRET
      ),
    }
    for (const [what, bad] of Object.entries(forged)) {
      const { status, body } = await confirm(shop, bad)
      expect([what, status, body.type, body.code]).toEqual([
        what,
        400,
        "not_allowed",
        "order_claim_invalid",
      ])
    }
    expect((await ownerOf(order.id)).email).toBe("forged@example.com")
  })

  it("refuses a link whose time is over", async () => {
    const { token, order, claim } = await claimedOrder("late@example.com")
    await shop.query(
      "UPDATE order_claim SET expires_at = now() - interval '1 second' WHERE id = $1",
      [claim.id]
    )
    expect(await confirm(shop, token)).toMatchObject({
      status: 400,
      body: { type: "not_allowed", code: "order_claim_expired" },
    })
    expect((await ownerOf(order.id)).email).toBe("late@example.com")
  })

  it("answers bodies that are no JSON object with a 400", async () => {
    const url = `${shop.url}/store/orders/customer/confirm`
    for (const body of [
      "{",
      "[]",
      '"token"',
      "null",
      "",
      "x".repeat(200_000),
    ]) {
      expect((await post(url, body)).status).toBe(400)
    }
    const form = { "content-type": "application/x-www-form-urlencoded" }
    expect((await post(url, "token=x", form)).status).toBe(400)
  })

  it("accepts the event's own token, and then no link of that claim", async () => {
    const { order, token, claim } = await claimedOrder("event@example.com")
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
    expect((await ownerOf(order.id)).customer_id).toBe(clara.customer.id)
    expect((await confirm(shop, token)).body.code).toBe("order_claim_used")
    expect((await confirm(shop, eventToken)).status).toBe(200)
  })

  it("opens and confirms the claim of an event that has not arrived", async () => {
    const order = await shop.placeGuestOrder({ email: "early@example.com" })
    const token = jwt.sign(
      { claimingCustomerId: clara.customer.id, orders: [order.id] },
      SECRET,
      { expiresIn: "15m" }
    )
    expect((await confirm(shop, token)).status).toBe(200)
    expect((await ownerOf(order.id)).customer_id).toBe(clara.customer.id)

    // The event arrives after all: it finds its claim, and nothing is mailed.
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
    expect(shop.mail.recipients).not.toContain("early@example.com")
  })

  it("moves the orders of a claim that may move, and leaves the others", async () => {
    const email = "some@example.com"
    const [kept, canceled, readdressed] = [
      await shop.placeGuestOrder({ email }),
      await shop.placeGuestOrder({ email }),
      await shop.placeGuestOrder({ email }),
    ]
    await clara.medusa.orders.requestCustomerOrders({
      order_ids: [kept.id, canceled.id, readdressed.id],
    })
    const [mail] = await shop.mail.waitForMails(1, { to: email })
    const { admin } = await shop.loginAdmin()
    await admin.orders.cancel(canceled.id)
    await admin.orders.update(readdressed.id, { email: "moved@example.com" })

    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
    expect((await ownerOf(kept.id)).customer_id).toBe(clara.customer.id)
    expect((await ownerOf(canceled.id)).email).toBe(email)
    expect((await ownerOf(readdressed.id)).email).toBe("moved@example.com")
  })

  it("refuses a stale link: the order's address has changed since", async () => {
    const { order, token } = await claimedOrder("before@example.com")
    const { admin } = await shop.loginAdmin()
    await admin.orders.update(order.id, { email: "after@example.com" })

    expect(await confirm(shop, token)).toMatchObject({
      status: 400,
      body: { code: "order_claim_stale" },
    })
    expect((await ownerOf(order.id)).email).toBe("after@example.com")
  })

  it("refuses a stale link: somebody else's claim was confirmed first", async () => {
    const email = "contested@example.com"
    const { order, token } = await claimedOrder(email)
    const bob = await shop.registerCustomer({ email: "bob@example.com" })
    await bob.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    const mails = await shop.mail.waitForMails(2, { to: email })

    expect((await confirm(shop, tokenIn(mails[1]!))).status).toBe(200)
    expect((await confirm(shop, token)).body.code).toBe("order_claim_stale")
    expect((await ownerOf(order.id)).customer_id).toBe(bob.customer.id)
  })

  it("answers two hundred confirms at once while the shop keeps selling", async () => {
    const { order, token } = await claimedOrder("crowd@example.com")
    const events = () =>
      shop.store.log().split("Processing order-claim.confirmed").length - 1
    const noneStaged = () =>
      eventually(
        async () => !(await shop.query("SELECT 1 FROM staged_job")).length,
        "all events handed out"
      )
    await noneStaged()
    const before = events()
    const confirms = Array.from({ length: 200 }, () => confirm(shop, token))
    const pages = Array.from({ length: 20 }, () =>
      fetch(`${shop.url}/store/products`)
    )

    for (const page of await Promise.all(pages)) expect(page.status).toBe(200)
    for (const { status, text } of await Promise.all(confirms)) {
      expect([status, text]).toEqual([200, "OK"])
    }
    expect((await ownerOf(order.id)).customer_id).toBe(clara.customer.id)
    await noneStaged()
    await eventually(() => events() > before, "the event in the log")
    expect(events()).toBe(before + 1)
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
    const order = await shop.placeGuestOrder({ email: "guest@example.com" })
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
    expect((await ownerOf(order.id)).customer_id).toBe(bob.customer.id)
  })

  it("lets the storefront's browser ask first, and nobody else's", async () => {
    const url = `${shop.url}/store/orders/customer/confirm`
    const preflight = (origin: string) =>
      fetch(url, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        },
      })
    const allowed = await preflight("http://localhost:8000")
    expect(allowed.headers.get("access-control-allow-origin")).toBe(
      "http://localhost:8000"
    )
    expect(allowed.headers.get("access-control-allow-credentials")).toBe("true")
    const other = await preflight("https://evil.example")
    expect(other.headers.get("access-control-allow-origin")).toBeNull()

    const refused = await post(
      url,
      { token: "x" },
      { origin: "http://localhost:8000" }
    )
    expect(refused.headers.get("access-control-allow-origin")).toBe(
      "http://localhost:8000"
    )
  })

  it("leaves other plugins' raw webhooks their raw body", async () => {
    const raw = '{ "spaces":   "kept" }'
    const answer = await post(`${shop.url}/store/orders/probe/webhook`, raw)

    expect(answer.body).toEqual({ isRaw: true, body: raw })
  })
})

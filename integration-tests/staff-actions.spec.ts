import {
  bearer,
  cancelAny,
  claimById,
  claimedOrder,
  claimWithStatus,
  confirm,
  eventually,
  everything,
  loginStaff,
  newestToken,
  ownClaims,
  post,
  request,
  withToken,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

const API_TOKEN = "an api token"

describe("the shop's staff can", () => {
  let shop: Shop
  let clara: LoggedIn
  let staff: string
  let userId: string

  const path = (rest = "") => `${shop.url}/admin/order-claims${rest}`
  const send = (rest: string, body: unknown = {}, headers = bearer(staff)) =>
    post(path(rest), body, headers)
  const askFor = (order_ids: string[], headers = bearer(staff)) =>
    send("", { customer_id: clara.customer.id, order_ids }, headers)
  const refuse = (address: string) =>
    (shop.mail.onRcpt = (to) =>
      to === address ? { code: 550, message: "no such user" } : undefined)

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
    staff = await loginStaff(shop)
    const [user] = await shop.query<{ id: string }>(
      `UPDATE "user" SET api_token = '${API_TOKEN}'
       WHERE email = 'admin@medusa-test.com' RETURNING id`
    )
    userId = user!.id
  })
  afterEach(() => {
    shop.mail.onRcpt = undefined
  })
  afterAll(() => shop?.close())

  describe("ask on a customer's behalf", () => {
    it("the owner of an order, who decides", async () => {
      const order = await shop.guestOrder("greta@example.com")
      const asked = await askFor([order.id])
      expect(asked).toMatchObject({
        status: 200,
        body: {
          order_claim: {
            customer_id: clara.customer.id,
            email: "greta@example.com",
            origin: "staff",
            requested_by: userId,
            orders: [{ id: order.id, display_id: order.display_id }],
            claimant: { email: "clara@example.com" },
          },
        },
      })
      const { id } = asked.body.order_claim!
      const token = await newestToken(shop, id!)
      expect((await confirm(shop, token)).status).toBe(200)
      const { orders } = await clara.medusa.customers.listOrders()
      expect(orders.map((one) => one.id)).toContain(order.id)
    })

    it("with an API token, whose user is on record", async () => {
      const order = await shop.guestOrder("token@example.com")
      const asked = await askFor([order.id], {
        "x-medusa-access-token": API_TOKEN,
      })
      expect(asked.body.order_claim).toMatchObject({ requested_by: userId })
    })

    it("with the session cookie, whose user is on record", async () => {
      const login = await post(`${shop.url}/admin/auth`, {
        email: "admin@medusa-test.com",
        password: "supersecret",
      })
      const cookie = login.headers.get("set-cookie")!.split(";")[0]!
      const order = await shop.guestOrder("cookie@example.com")
      const asked = await askFor([order.id], { cookie })
      expect(asked.body.order_claim).toMatchObject({ requested_by: userId })
    })

    it("twice at once, and the owner has one mail", async () => {
      const email = "twice@example.com"
      const order = await shop.guestOrder(email)
      const asked = await Promise.all([1, 2, 3].map(() => askFor([order.id])))
      const ids = new Set(asked.map(({ body }) => body.order_claim!.id))
      expect(ids.size).toBe(1)
      const [id] = ids
      await newestToken(shop, id!)
      expect((await askFor([order.id])).body.order_claim).toMatchObject({
        id,
        status: "sent",
        attempts: 1,
      })
    })

    it("without telling the customer which orders there are", async () => {
      const order = await shop.guestOrder("secret@example.com")
      const { body } = await askFor([order.id])
      const { text } = await ownClaims(shop, clara, "?limit=1")
      expect(text).toContain(body.order_claim!.id)
      expect(text).not.toContain(order.id)
      expect(text).not.toContain("secret@")
    })

    it("and read what is wrong, and nothing has changed", async () => {
      const order = await shop.guestOrder("one@example.com")
      const other = await shop.guestOrder("two@example.com")
      const customer_id = clara.customer.id
      const wrong: [object, number, string][] = [
        [{}, 400, "customer_id"],
        [{ customer_id, order_ids: [] }, 400, "order_ids"],
        [{ customer_id, order_ids: "order_1" }, 400, "order_ids"],
        [{ customer_id, order_ids: [order.id], to: "x" }, 400, "to"],
        [{ customer_id: "cus_none", order_ids: [order.id] }, 404, "cus_none"],
        [{ customer_id, order_ids: ["order_none"] }, 404, "order_none"],
        [
          { customer_id, order_ids: [order.id, other.id] },
          400,
          "different addresses",
        ],
        [
          { customer_id: order.customer_id, order_ids: [order.id] },
          400,
          "no account",
        ],
      ]
      const before = await everything(shop)
      for (const [body, status, words] of wrong) {
        const refused = await send("", body)
        expect([status, refused.body.message]).toEqual([
          refused.status,
          expect.stringContaining(words),
        ])
      }
      expect(await everything(shop)).toBe(before)
    })
  })

  describe("mail one claim again", () => {
    it("with a fresh link, and each order's page shows it", async () => {
      const email = "again@example.com"
      const { claim, token, order } = await claimedOrder(shop, clara, email)
      const resent = await send(`/${claim.id}/resend`)
      expect(resent).toMatchObject({
        status: 200,
        body: { order_claim: { id: claim.id, status: "sent", attempts: 2 } },
      })
      const fresh = await newestToken(shop, claim.id)
      expect(await confirm(shop, token)).toMatchObject({
        body: { code: "order_claim_superseded" },
      })
      const [first, second, ...more] = await shop.query<{
        id: string
        to: string
        parent_id: string | null
      }>(
        `SELECT id, "to", parent_id FROM notification
         WHERE resource_id = $1 ORDER BY id`,
        [order.id]
      )
      expect(first).toMatchObject({ to: email, parent_id: null })
      expect(second).toMatchObject({ to: email, parent_id: first!.id })
      expect(more).toEqual([])
      expect((await confirm(shop, fresh)).status).toBe(200)
    })

    it("to another address", async () => {
      const { claim } = await claimedOrder(shop, clara, "tyop@example.com")
      const to = "typo@example.com"
      expect((await send(`/${claim.id}/resend`, { to })).status).toBe(200)
      const [mail] = await shop.mail.waitForMails(1, { to })
      expect(mail).toBeDefined()
    })

    it("that was over a limit, and had no notification", async () => {
      const email = "first@example.com"
      const { claim, order } = await claimedOrder(shop, clara, email)
      await shop.query("DELETE FROM notification WHERE resource_id = $1", [
        order.id,
      ])
      await shop.query(
        "UPDATE order_claim SET status = 'throttled' WHERE id = $1",
        [claim.id]
      )
      expect((await send(`/${claim.id}/resend`)).status).toBe(200)
      const rows = await shop.query(
        `SELECT "to", parent_id, data->>'status' AS status FROM notification
         WHERE resource_id = $1`,
        [order.id]
      )
      expect(rows).toEqual([{ to: email, parent_id: null, status: "sent" }])
    })

    it("and read why not", async () => {
      const email = "why@example.com"
      const { claim } = await claimedOrder(shop, clara, email)
      const resend = (id: string, body: unknown = {}) =>
        send(`/${id}/resend`, body)
      expect(await resend(claim.id, { to: "a@b, c@d" })).toMatchObject({
        status: 400,
        body: { type: "not_allowed" },
      })
      expect(await resend(claim.id, { to: 1 })).toMatchObject({
        status: 400,
        body: { type: "invalid_data" },
      })
      expect((await resend("oclaim_none")).status).toBe(404)

      refuse(email)
      expect(await resend(claim.id)).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining("no such user") as string },
      })
      await cancelAny(shop, staff, claim.id)
      expect(await resend(claim.id)).toMatchObject({
        status: 400,
        body: { code: "order_claim_canceled" },
      })
    })
  })

  describe("mail what failed again", () => {
    const failed = async (email: string) => {
      refuse(email)
      const order = await shop.guestOrder(email)
      const { body } = await askFor([order.id])
      const { id } = body.order_claim!
      const { failed_at } = await eventually(async () => {
        const [row] = await shop.query<{ status: string; failed_at: Date }>(
          "SELECT status, failed_at FROM order_claim WHERE id = $1",
          [id]
        )
        return row?.status === "failed" && row
      }, "the mail to fail")
      return { id: id!, failed_at: failed_at.toISOString() }
    }

    it("when the mail server is well again", async () => {
      const { id, failed_at } = await failed("down@example.com")
      const time = { failed_at: { gte: failed_at, lte: failed_at } }
      const list = await request(
        "GET",
        path(`?status=failed&counts=true`),
        bearer(staff)
      )
      expect(list.body).toMatchObject({
        order_claims: [{ id, failed_at }],
        counts: { failed: 1, requested: 0 },
      })

      shop.mail.onRcpt = undefined
      const retried = await send("/retry", time)
      expect([retried.status, retried.body]).toEqual([
        200,
        { queued: 1, limited: 0, left: 0 },
      ])
      expect((await confirm(shop, await newestToken(shop, id))).status).toBe(
        200
      )
      expect((await send("/retry", time)).body).toEqual({
        queued: 0,
        limited: 0,
        left: 0,
      })
    })

    it("twice at once, and each is mailed once", async () => {
      const email = "once@example.com"
      const { id, failed_at } = await failed(email)
      shop.mail.onRcpt = undefined
      const time = { failed_at: { gte: failed_at } }
      const all = await Promise.all([1, 2, 3].map(() => send("/retry", time)))
      const queued = all.map(({ body }) => (body as { queued?: number }).queued)
      expect(queued.sort()).toEqual([0, 0, 1])
      await newestToken(shop, id)
      expect(await shop.mail.waitForMails(1, { to: email })).toHaveLength(1)
    })

    it.each([
      ["failed_at", {}],
      ["failed_at", { failed_at: {} }],
      ["failed_at", { failed_at: "2026-11-21" }],
      ["failed_at.gte", { failed_at: { gte: "yesterday" } }],
      ["failed_at", { failed_at: { after: "2026-11-21" } }],
      ["status", { failed_at: { gte: "2026-11-21" }, status: "failed" }],
    ])("but are told that %s is off in %j", async (field, body) => {
      const refused = await send("/retry", body)
      expect([refused.status, refused.body.type]).toEqual([400, "invalid_data"])
      expect(refused.body.message).toContain(field)
    })
  })

  it("see when and by whom a claim was declined, and the decline lifted", async () => {
    const email = "lifted@example.com"
    const { claim, token } = await claimedOrder(shop, clara, email)
    await withToken(shop, "decline", token)
    const lifted = await cancelAny(shop, staff, claim.id)
    expect(lifted.body.order_claim).toMatchObject({
      status: "canceled",
      history: [
        { action: "decline", by: "recipient" },
        { action: "lift", by: "admin", user_id: userId },
      ],
    })
  })

  it("do none of it without a login, or as a customer", async () => {
    const { claim, order } = await claimedOrder(
      shop,
      clara,
      "nobody@example.com"
    )
    const { id } = await claimWithStatus(shop, "sent")
    const ask = { customer_id: clara.customer.id, order_ids: [order.id] }
    const requests: [rest: string, body: object][] = [
      ["", ask],
      ["/retry", { failed_at: { gte: "2000-01-01" } }],
      [`/${claim.id}/resend`, {}],
      [`/${claim.id}/cancel`, {}],
      [`/${claim.id}/revert`, {}],
    ]
    const before = await everything(shop)
    for (const headers of [{}, bearer("nonsense"), bearer(clara.token)]) {
      for (const [rest, body] of requests) {
        const refused = await send(rest, body, headers)
        expect([rest, refused.status]).toEqual([rest, 401])
      }
    }
    expect(await everything(shop)).toBe(before)
    expect((await claimById(shop, id)).status).toBe("sent")
  })

  it("read no token in any answer", async () => {
    const email = "quiet@example.com"
    const { claim, token, order } = await claimedOrder(shop, clara, email)
    const answers = [
      await askFor([order.id]),
      await send(`/${claim.id}/resend`),
      await send("/retry", { failed_at: { gte: "2000-01-01" } }),
      await request("GET", path("?counts=true"), bearer(staff)),
      await send(`/${claim.id}/cancel`),
    ]
    const [head] = token.split(".")
    for (const { status, text } of answers) {
      expect(status).toBe(200)
      expect(text).not.toContain(head)
    }
  })
})

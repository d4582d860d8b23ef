import {
  ask,
  bearer,
  cancelOwn,
  claimById,
  claims,
  confirm,
  eventually,
  everything,
  letPass,
  mailsWithKey,
  newestToken,
  ownClaims,
  ownerOf,
  post,
  withToken,
} from "./claims"
import { campaignBuses } from "./buses"
import { differences } from "./same-shape"
import {
  type LoggedIn,
  newShop,
  type Redis,
  type Shop,
  startRedis,
} from "./stock-store"

jest.setTimeout(120_000)

describe("a customer who asks far too often", () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: { per_customer: "1/1h" } },
    })
  })
  afterAll(() => shop?.close())

  it("is refused, the same for any address, and delays nobody", async () => {
    const eve = await shop.registerCustomer({ email: "eve@example.com" })
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const email = "real@example.com"
    await shop.guestOrder(email)
    const url = `${shop.url}/store/order-claims`
    const askFor = (who: LoggedIn, body: object) =>
      post(url, body, bearer(who.token))
    for (let display_id = 1; display_id <= 5; display_id++) {
      expect((await askFor(eve, { display_id })).status).toBe(200)
    }
    const before = await everything(shop)
    const refused = [
      await askFor(eve, { email }),
      await askFor(eve, { email: "none@example.com" }),
    ]
    for (const { status, body } of refused) {
      expect([status, body]).toEqual([
        400,
        {
          type: "not_allowed",
          code: "order_claim_throttled",
          message:
            "You have asked for orders too often. Try again in 60 minutes.",
        },
      ])
    }
    expect((await askFor(eve, { display_id: 5 })).status).toBe(200)
    expect(await everything(shop)).toBe(before)

    const { body } = await askFor(clara, { email })
    await newestToken(shop, body.order_claim!.id!)
    expect(shop.mail.recipients).toEqual([email])
  })
})

describe.each(campaignBuses)(
  "a customer who knows no ids, on the %s bus",
  (bus) => {
    let redis: Redis | undefined
    let shop: Shop
    let clara: LoggedIn

    const askFor = (who: LoggedIn, body: object, headers = {}) =>
      post(`${shop.url}/store/order-claims`, body, {
        ...bearer(who.token),
        ...headers,
      })
    /** Asks, and waits until the orders are looked up. */
    const opened = async (who: LoggedIn, body: object, headers = {}) => {
      const answer = await askFor(who, body, headers)
      const { id } = answer.body.order_claim as { id: string }
      return eventually(async () => {
        const claim = await claimById(shop, id)
        return claim.status !== "requested" && claim
      }, "the orders to be looked up")
    }
    const loginRequired = {
      status: 401,
      body: { code: "order_claim_login_required" },
    }
    const mailsTo = (address: string) =>
      shop.mail.mails.filter(({ envelope }) => envelope.to.includes(address))

    beforeAll(async () => {
      redis = bus === "redis" ? await startRedis() : undefined
      shop = await newShop({
        ...(redis ? { bus: { redisUrl: redis.url } } : {}),
        pluginOptions: { limits: false, offer_after_registration: true },
      })
      clara = await shop.registerCustomer({ email: "clara@example.com" })
    })
    afterAll(async () => {
      await shop?.close()
      await redis?.stop()
    })

    it("asks for all orders of another address, and gets them", async () => {
      const one = await shop.guestOrder("old@example.com")
      const two = await shop.guestOrder("old@example.com")
      const answer = await askFor(clara, { email: "Old@example.com" })
      expect(answer.status).toBe(200)
      const { id } = answer.body.order_claim as { id: string }
      expect(answer.body).toEqual({
        order_claim: {
          id,
          status: "waiting",
          email: "O***@example.com",
          order_ids: [],
          display_id: null,
          created_at: expect.any(String) as string,
          expires_at: expect.any(String) as string,
        },
      })
      const token = await newestToken(shop, id)
      const inList = async () => {
        const { body } = await ownClaims(shop, clara)
        return body.order_claims!.find((claim) => claim.id === id)
      }
      expect(await inList()).toMatchObject({ status: "waiting", order_ids: [] })
      expect((await confirm(shop, token)).status).toBe(200)
      for (const order of [one, two]) {
        expect((await ownerOf(shop, order.id)).customer_id).toBe(
          clara.customer.id
        )
      }
      const listed = await inList()
      expect(listed).toMatchObject({ status: "confirmed" })
      expect([...listed!.order_ids].sort()).toEqual([one.id, two.id].sort())
      const { orders } = await clara.medusa.customers.listOrders()
      expect(orders.map((order) => order.id).sort()).toEqual(
        [one.id, two.id].sort()
      )
    })

    it("with a stranger's address asks in vain: the owner's click hands nothing over", async () => {
      const email = "owner@example.com"
      const mallory = await shop.registerCustomer({ email })
      const order = await shop.guestOrder(email)
      const owner = await ownerOf(shop, order.id)
      const claim = await opened(mallory, {})
      expect(claim.order_ids).toEqual([order.id])
      const token = await newestToken(shop, claim.id)
      expect(await confirm(shop, token)).toMatchObject(loginRequired)
      const url = `${shop.url}/store/orders/customer/confirm`
      expect(await post(url, { token }, bearer(clara.token))).toMatchObject(
        loginRequired
      )
      expect(await ownerOf(shop, order.id)).toEqual(owner)
    })

    it("asks for one order by its number", async () => {
      const email = "numbered@example.com"
      await shop.guestOrder(email)
      const wanted = await shop.guestOrder(email)
      const { display_id } = wanted
      const claim = await opened(clara, { email, display_id })
      expect(claim.order_ids).toEqual([wanted.id])
    })

    it("is answered the same where there is nothing, and nobody is mailed", async () => {
      await shop.guestOrder("some@example.com")
      const some = await askFor(clara, { email: "some@example.com" })
      const none = await askFor(clara, { email: "sole@example.com" })
      const shape = (answer: typeof some) => ({
        status: answer.status,
        headers: [...answer.headers.keys()].sort(),
        length: answer.text.length,
      })
      expect(shape(none)).toEqual(shape(some))
      expect(differences(some.body, none.body)).toEqual([])

      const { id } = none.body.order_claim as { id: string }
      const found = await opened(clara, {
        email: "sole@example.com",
      })
      expect(found).toMatchObject({ id, status: "ineligible", order_ids: [] })
      const { id: mailed } = some.body.order_claim as { id: string }
      await newestToken(shop, mailed)
      expect(mailsTo("sole@example.com")).toEqual([])
      const { body } = await ownClaims(shop, clara)
      const statuses = body.order_claims!.filter((claim) =>
        [id, mailed].includes(claim.id)
      )
      expect(statuses).toMatchObject([
        { status: "waiting", order_ids: [] },
        { status: "waiting", order_ids: [] },
      ])
    })

    it("asks again while it waits, and gets the claim that waits, and no second mail", async () => {
      await shop.guestOrder("again@example.com")
      const first = await opened(clara, { email: "again@example.com" })
      await newestToken(shop, first.id)
      const before = await everything(shop)
      const answers = await Promise.all(
        Array.from({ length: 5 }, () =>
          askFor(clara, { email: "again@example.com" })
        )
      )
      for (const { status, body } of answers) {
        expect(status).toBe(200)
        expect(body.order_claim).toMatchObject({ id: first.id })
      }
      expect(await everything(shop)).toBe(before)
      expect(mailsTo("again@example.com")).toHaveLength(1)
    })

    it("cannot tell from the dates of the list if there are orders", async () => {
      const real = "late@example.com"
      await shop.guestOrder(real)
      shop.mail.onRcpt = (address) =>
        address === real
          ? { code: 451, message: "greylisted, come back later" }
          : undefined
      const some = await opened(clara, { email: real })
      const none = await opened(clara, { email: "lite@example.com" })
      expect([some.status, none.status]).toEqual(["pending", "ineligible"])
      const both = [some, none]
      const hoursPass = async (hours: number) => {
        for (const { id } of both) await letPass(shop, id, hours)
      }
      /** The entries of both in the list, without what names them. */
      const shown = async () => {
        const { body } = await ownClaims(shop, clara)
        return both.map(({ id }) => {
          const { status, order_ids, created_at, expires_at } =
            body.order_claims!.find((claim) => claim.id === id)!
          const hours =
            (Date.parse(expires_at!) - Date.parse(created_at!)) / 3_600_000
          return { status, order_ids, hours }
        })
      }
      const alike = (status: string) =>
        Array<object>(2).fill({ status, order_ids: [], hours: 24 })

      // The mail leaves with little time left, so with a fresh link.
      await hoursPass(16)
      expect((await claimById(shop, some.id)).status).toBe("pending")
      shop.mail.onRcpt = undefined
      const late = await newestToken(shop, some.id)
      expect((await claimById(shop, some.id)).token_generation).toBe(2)
      expect(await shown()).toEqual(alike("waiting"))

      await hoursPass(24)
      expect(await shown()).toEqual(alike("expired"))
      expect((await withToken(shop, "renew", late)).status).toBe(200)
      const renewed = await newestToken(shop, some.id)
      expect(await shown()).toEqual(alike("expired"))

      // Whoever asks again asks anew, for both.
      const known = [some.id, none.id]
      for (const email of [real, "lite@example.com"]) {
        const again = await opened(clara, { email })
        expect(known).not.toContain(again.id)
        expect((await opened(clara, { email })).id).toBe(again.id)
        if (email === real) await newestToken(shop, again.id)
      }
      expect(mailsTo(real)).toHaveLength(3)
      expect(mailsTo("lite@example.com")).toEqual([])
      expect((await confirm(shop, renewed)).status).toBe(200)
    })

    it("takes the request back", async () => {
      const answer = await askFor(clara, { email: "back@example.com" })
      const { id } = answer.body.order_claim as { id: string }
      expect((await cancelOwn(shop, clara, id)).body.order_claim).toMatchObject(
        {
          status: "canceled",
        }
      )
      const second = await askFor(clara, { email: "back@example.com" })
      expect(second.body.order_claim).not.toMatchObject({ id })
    })

    it("has to be logged in", async () => {
      const url = `${shop.url}/store/order-claims`
      const before = await everything(shop)
      for (const headers of [{}, bearer("nonsense")]) {
        expect(await post(url, {}, headers)).toMatchObject({
          status: 401,
          body: { type: "unauthorized" },
        })
      }
      expect(await everything(shop)).toBe(before)
    })

    it.each([
      [{ email: "" }, "email"],
      [{ email: "a@example.com, b@example.com" }, "email"],
      [{ email: "A <a@example.com>" }, "email"],
      [{ email: "a@example.com\nBcc: b@example.com" }, "email"],
      [{ email: `${"a".repeat(300)}@example.com` }, "email"],
      [{ email: ["a@example.com"] }, "email"],
      [{ email: null }, "email"],
      [{ display_id: "1042" }, "display_id"],
      [{ display_id: 0 }, "display_id"],
      [{ display_id: 1.5 }, "display_id"],
      [{ display_id: 2 ** 31 }, "display_id"],
      [{ order_ids: ["order_1"] }, "order_ids"],
      [[], ""],
    ])("is told what is wrong with %j", async (body, field) => {
      const before = await everything(shop)
      const answer = await askFor(clara, body)
      expect(answer).toMatchObject({
        status: 400,
        body: { type: "invalid_data" },
      })
      expect(answer.body.message).toContain(field)
      expect(await everything(shop)).toBe(before)
    })

    it("asks for 3,000 orders: one claim, one mail, and all of them move", async () => {
      const email = "many@example.com"
      const order = await shop.guestOrder(email)
      const older = await shop.guestOrders(2999, () => email)
      await shop.query(
        `UPDATE "order" SET created_at = created_at - interval '1 day'
         WHERE id = ANY($1)`,
        [older]
      )
      const claim = await opened(clara, { email })
      expect(claim.order_ids).toHaveLength(3000)
      expect(claim.order_ids[0]).toBe(order.id)
      const token = await newestToken(shop, claim.id)
      const [mail, ...others] = mailsTo(email)
      expect(others).toEqual([])
      expect(mail!.text).toContain("2995")
      expect(mail!.text.match(/^\* Order #\d+, /gm)).toHaveLength(5)
      expect((await confirm(shop, token)).status).toBe(200)
      const [{ count } = { count: 0 }] = await shop.query<{ count: number }>(
        'SELECT count(*)::int FROM "order" WHERE customer_id = $1 AND id = ANY($2)',
        [clara.customer.id, claim.order_ids]
      )
      expect(count).toBe(3000)
    })

    it("and one who knows the id ask at once: one wins, the other is told, no third mail", async () => {
      const email = "race@example.com"
      const order = await shop.guestOrder(email)
      const ann = await shop.registerCustomer({ email: "ann@example.com" })
      const bob = await shop.registerCustomer({ email: "bob@example.com" })
      const [byAddress, byId] = await Promise.all([
        opened(ann, { email }),
        ask(shop, bob, [order.id]),
      ])
      const tokens = [
        await newestToken(shop, byAddress.id),
        await newestToken(shop, byId.id),
      ]
      const answers = await Promise.all(tokens.map((t) => confirm(shop, t)))
      const won = answers.findIndex(({ status }) => status === 200)
      expect(answers[won]).toBeDefined()
      expect(answers[1 - won]).toMatchObject({
        status: 400,
        body: { code: "order_claim_stale" },
      })
      const winner = [ann, bob][won]!
      expect(await ownerOf(shop, order.id)).toMatchObject({
        customer_id: winner.customer.id,
      })
      await eventually(
        () => mailsTo(email).length === 3,
        "two links, and the news that one was confirmed"
      )
      const loser = [bob, ann][won]!
      expect(mailsTo(loser.customer.email)).toEqual([])
      expect(mailsWithKey(shop, `${byId.id}.1`)).toHaveLength(1)
    })

    it("gets no order that was declined, canceled, or belongs to an account", async () => {
      const email = "never@example.com"
      const declined = await shop.guestOrder(email)
      const claim = await opened(clara, {
        email,
        display_id: declined.display_id,
      })
      await withToken(shop, "decline", await newestToken(shop, claim.id))
      const canceled = await shop.guestOrder(email)
      await shop.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
        canceled.id,
      ])
      const owned = await shop.guestOrder(email)
      await shop.query(`UPDATE "order" SET customer_id = $2 WHERE id = $1`, [
        owned.id,
        clara.customer.id,
      ])
      expect((await opened(clara, { email })).status).toBe("ineligible")

      const free = await shop.guestOrder(email)
      const later = await opened(clara, { email, display_id: free.display_id })
      expect(later.order_ids).toEqual([free.id])
    })

    it("gets only orders of the sales channels of a publishable key", async () => {
      const email = "channels@example.com"
      const here = await shop.guestOrder(email)
      const there = await shop.guestOrder(email)
      const { admin } = await shop.loginAdmin()
      const { sales_channel } = await admin.salesChannels.create({
        name: "Another brand",
        description: "",
      })
      await shop.query(
        'UPDATE "order" SET sales_channel_id = $2 WHERE id = $1',
        [there.id, sales_channel.id]
      )
      const { publishable_api_key } = await admin.publishableApiKeys.create({
        title: "Another brand",
      })
      await admin.publishableApiKeys.addSalesChannelsBatch(
        publishable_api_key.id,
        { sales_channel_ids: [{ id: sales_channel.id }] }
      )
      const key = { "x-publishable-api-key": publishable_api_key.id }
      const ofBrand = await opened(clara, { email }, key)
      expect(ofBrand.order_ids).toEqual([there.id])
      const ofAll = await opened(clara, { email })
      expect([...ofAll.order_ids].sort()).toEqual([here.id, there.id].sort())
    })

    it("asks while no server looks orders up, and is mailed afterwards", async () => {
      await shop.guestOrder("later@example.com")
      // It looks every second, and has just done so.
      await opened(clara, { email: "now@example.com" })
      const answer = await askFor(clara, { email: "later@example.com" })
      const { id } = answer.body.order_claim as { id: string }
      await shop.store.kill()
      expect((await claimById(shop, id)).status).toBe("requested")
      await shop.startAgain()
      await newestToken(shop, id)
      expect(mailsTo("later@example.com")).toHaveLength(1)
    })

    describe("and registers with an address that has guest orders", () => {
      const offers = async (address: string) =>
        (await claims(shop)).filter(({ email }) => email === address)

      it("is offered to add them, and sees no claim until then", async () => {
        const email = "offered@example.com"
        const order = await shop.guestOrder(email)
        const greta = await shop.registerCustomer({ email })
        const offer = await eventually(
          async () => (await offers(email))[0],
          "the offer"
        )
        expect((await ownClaims(shop, greta)).body).toMatchObject({
          order_claims: [],
          count: 0,
        })
        expect((await cancelOwn(shop, greta, offer.id)).status).toBe(404)
        const token = await newestToken(shop, offer.id)
        expect(await confirm(shop, token)).toMatchObject(loginRequired)
        const url = `${shop.url}/store/orders/customer/confirm`
        const done = await post(url, { token }, bearer(greta.token))
        expect(done.status).toBe(200)
        expect((await ownerOf(shop, order.id)).customer_id).toBe(
          greta.customer.id
        )
        expect((await ownClaims(shop, greta)).body).toMatchObject({
          order_claims: [{ status: "confirmed", order_ids: [order.id] }],
          count: 1,
        })
      })

      it("is offered nothing without guest orders, or for a changed address", async () => {
        await shop.guestOrder("victim@example.com")
        const eve = await shop.registerCustomer({ email: "eve@example.com" })
        await eve.medusa.customers.update({ email: "victim@example.com" })
        await eventually(
          async () => !(await shop.query("SELECT 1 FROM staged_job")).length,
          "all events handed out"
        )
        // What follows is handled later than the event of this customer.
        await shop.guestOrder("next@example.com")
        await shop.registerCustomer({ email: "next@example.com" })
        await eventually(
          async () => (await offers("next@example.com"))[0],
          "the offer to the next"
        )
        expect(await offers("victim@example.com")).toEqual([])
        expect(await offers("eve@example.com")).toEqual([])
      })

      it("declines for good, on record for staff", async () => {
        const email = "optout@example.com"
        await shop.guestOrder(email)
        await shop.registerCustomer({ email })
        const offer = await eventually(
          async () => (await offers(email))[0],
          "the offer"
        )
        const token = await newestToken(shop, offer.id)
        expect((await withToken(shop, "decline", token)).status).toBe(200)
        expect(await claimById(shop, offer.id)).toMatchObject({
          status: "declined",
          resolved_by: "recipient",
        })
      })
    })
  }
)

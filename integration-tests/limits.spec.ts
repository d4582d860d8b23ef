import { campaign } from "./campaign"
import { type Answer, claims, eventually, ownClaims, post } from "./claims"
import { type LoggedIn, newShop, type Shop, type Store } from "./stock-store"

jest.setTimeout(300_000)

const EMAIL = "flooded@example.com"
const MANY = campaign(100, 1000)
const AT_ONCE = 20

/** The headers of an answer that may differ from request to request. */
const PASSING = ["date", "set-cookie"]

const seen = ({ status, text, headers }: Answer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => !PASSING.includes(name)),
})

const claimRequest = async (url: string, who: LoggedIn, orderIds: string[]) =>
  seen(
    await post(
      `${url}/store/orders/batch/customer/token`,
      { order_ids: orderIds },
      { authorization: `Bearer ${who.token}` }
    )
  )

describe(`${MANY} claim requests for one address`, () => {
  let shop: Shop
  let mallory: LoggedIn
  let second: Store
  let orderIds: string[]
  const answers: ReturnType<typeof seen>[] = []

  /** Asks for each order on its own, with the servers taking turns. */
  const flood = async (ids: string[], urls: string[]) => {
    for (let at = 0; at < ids.length; at += AT_ONCE) {
      const chunk = ids.slice(at, at + AT_ONCE).map((id, n) => {
        const url = urls[n % urls.length]!
        return claimRequest(url, mallory, [id])
      })
      answers.push(...(await Promise.all(chunk)))
    }
    await eventually(
      async () => (await claims(shop)).length === answers.length,
      "all of them on record",
      60_000
    )
  }
  const statuses = async () => {
    await eventually(
      async () => (await claims(shop)).every((c) => c.status !== "pending"),
      "nothing to be left to mail"
    )
    return shop.query<{ status: string; count: number }>(
      `SELECT status, count(*)::int FROM order_claim
       GROUP BY status ORDER BY status`
    )
  }

  beforeAll(async () => {
    shop = await newShop()
    mallory = await shop.registerCustomer({ email: "mallory@example.com" })
    orderIds = await shop.guestOrders(MANY, () => EMAIL)
  })
  afterAll(() => shop?.close())

  it("mail five", async () => {
    await flood(orderIds.slice(0, MANY * 0.4), [shop.url])

    expect(await statuses()).toEqual([
      { status: "sent", count: 5 },
      { status: "throttled", count: MANY * 0.4 - 5 },
    ])
    expect(shop.mail.recipients).toEqual(Array(5).fill(EMAIL))
  })

  it("mail no more after a restart", async () => {
    await shop.store.stop()
    await shop.startAgain()
    await flood(orderIds.slice(MANY * 0.4, MANY * 0.6), [shop.url])

    expect(await statuses()).toEqual([
      { status: "sent", count: 5 },
      { status: "throttled", count: MANY * 0.6 - 5 },
    ])
    expect(shop.mail.recipients).toHaveLength(5)
  })

  it("mail no more through a second server", async () => {
    second = await shop.addServer()
    await flood(orderIds.slice(MANY * 0.6), [shop.url, second.url])

    expect(await statuses()).toEqual([
      { status: "sent", count: 5 },
      { status: "throttled", count: MANY - 5 },
    ])
    expect(shop.mail.recipients).toHaveLength(5)
  })

  it("are all answered alike", () => {
    const distinct = new Set(answers.map((answer) => JSON.stringify(answer)))
    expect(answers).toHaveLength(MANY)
    expect([...distinct]).toHaveLength(1)
    expect(answers[0]?.status).toBe(200)
  })

  it("are all waiting in the list of who asked", async () => {
    const shown = new Set<string>()
    let count = 0
    for (let offset = 0; offset < MANY; offset += 40) {
      const query = `?limit=40&offset=${offset}`
      const { body } = await ownClaims(shop, mallory, query)
      expect(body.count).toBe(MANY)
      for (const { status, email, ...rest } of body.order_claims!) {
        shown.add(`${status} ${email} ${Object.keys(rest).join()}`)
        count++
      }
    }
    expect(count).toBe(MANY)
    expect([...shown]).toEqual([
      "waiting f***@example.com id,order_ids,display_id,created_at,expires_at",
    ])
  })

  it("mail five more after an hour, and then none until a day has passed", async () => {
    const hoursPass = (hours: number) =>
      shop.query(
        "UPDATE order_claim SET created_at = created_at - $1 * interval '1 hour'",
        [hours]
      )
    const later = [
      { hours: 1, mailed: 10 },
      { hours: 1, mailed: 10 },
      { hours: 20, mailed: 10 },
      { hours: 2, mailed: 15 },
    ]
    for (const [n, { hours, mailed }] of later.entries()) {
      await hoursPass(hours)
      // other orders each time: core's token for one is the same within a second
      const ids = orderIds.slice(n * AT_ONCE, (n + 1) * AT_ONCE)
      await flood(ids, [shop.url, second.url])
      await statuses()
      expect(shop.mail.recipients).toEqual(Array(mailed).fill(EMAIL))
    }
  })

  it("do not keep other addresses from being mailed for others", async () => {
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const order = await shop.guestOrder("calm@example.com")
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })

    await shop.mail.waitForMails(1, { to: "calm@example.com" })
  })
})

describe("a burst that meets two servers at once", () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await newShop()
  })
  afterAll(() => shop?.close())

  it("mails an address five times, whoever asks", async () => {
    const second = await shop.addServer()
    const ids = await shop.guestOrders(60, () => EMAIL)
    const askers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        shop.registerCustomer({ email: `asker-${n}@example.com` })
      )
    )
    await Promise.all(
      ids.map((id, n) =>
        claimRequest(n % 2 ? shop.url : second.url, askers[n % 6]!, [id])
      )
    )
    await eventually(
      async () => {
        const all = await claims(shop)
        return all.length === 60 && all.every((c) => c.status !== "pending")
      },
      "all of them decided",
      60_000
    )
    expect(shop.mail.recipients).toEqual(Array(5).fill(EMAIL))
  })
})

describe("the answer to a claim request", () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: { per_recipient: "1/1h" } },
    })
  })
  afterAll(() => shop?.close())

  it("is the same, whatever becomes of it", async () => {
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const bob = await shop.registerCustomer({ email: "bob@example.com" })
    const { admin } = await shop.loginAdmin()
    const [mailed, throttled, registered, canceled] = [
      await shop.guestOrder("greta@example.com"),
      await shop.guestOrder("greta@example.com"),
      await shop.guestOrder("bobs@example.com"),
      await shop.guestOrder("canceled@example.com"),
    ]
    await shop.query('UPDATE "order" SET customer_id = $1 WHERE id = $2', [
      bob.customer.id,
      registered.id,
    ])
    await admin.orders.cancel(canceled.id)

    const statusOf = async (orderId: string) => {
      const all = await claims(shop)
      return all.find(({ order_ids }) => order_ids[0] === orderId)?.status
    }
    const ask = (id: string) => claimRequest(shop.url, clara, [id])
    const first = await ask(mailed.id)
    await eventually(
      async () => (await statusOf(mailed.id)) === "sent",
      "the mail"
    )
    for (const { id } of [throttled, registered, canceled]) {
      expect(await ask(id)).toEqual(first)
    }
    await eventually(
      async () => (await claims(shop)).length === 4,
      "all on record"
    )
    expect(await statusOf(throttled.id)).toBe("throttled")
    expect(await statusOf(registered.id)).toBe("ineligible")
    expect(await statusOf(canceled.id)).toBe("ineligible")

    const { body } = await ownClaims(shop, clara)
    expect(body.order_claims!.map(({ status }) => status)).toEqual(
      Array(4).fill("waiting")
    )
  })
})

import { busesOfMany } from "./buses"
import { campaign } from "./campaign"
import { claims, eventually, post, probe } from "./claims"
import {
  type LoggedIn,
  newShop,
  type Redis,
  type Shop,
  startRedis,
  type Store,
} from "./stock-store"

jest.setTimeout(240_000)

const MANY = campaign(300, 1000)

describe.each(busesOfMany)(
  "three servers on one database, on the %s bus",
  (bus) => {
    let redis: Redis | undefined
    let shop: Shop
    let servers: Store[]
    let clara: LoggedIn

    beforeAll(async () => {
      redis = bus === "redis" ? await startRedis() : undefined
      shop = await newShop({
        ...(redis && { bus: { redisUrl: redis.url } }),
        pluginOptions: { limits: false },
        extraPlugins: [probe],
      })
      servers = [shop.store, await shop.addServer(), await shop.addServer()]
      clara = await shop.registerCustomer({ email: "clara@example.com" })
    })
    afterAll(async () => {
      await shop?.close()
      await redis?.stop()
    })

    it(`mail ${MANY} claims, each once`, async () => {
      const ids = await shop.guestOrders(MANY, (n) => `guest-${n}@example.com`)
      await clara.medusa.orders.requestCustomerOrders({ order_ids: ids })
      await eventually(
        async () => {
          const rows = await shop.query<{ status: string; count: number }>(
            "SELECT status, count(*)::int FROM order_claim GROUP BY status"
          )
          return (
            rows.length === 1 &&
            rows[0]?.status === "sent" &&
            rows[0].count === MANY
          )
        },
        "all of them sent",
        120_000
      )

      const recipients = shop.mail.mails.map(({ envelope }) => envelope.to[0])
      expect(recipients).toHaveLength(MANY)
      expect(new Set(recipients).size).toBe(MANY)
    })

    it("share the work", () => {
      const idle = servers.filter(
        (server) => !/oclaim_\w+ to g\*\*\*@example.com sent/.test(server.log())
      )
      // Who opened a claim mails it at once; a burst is more than one can do.
      expect(servers.length - idle.length).toBeGreaterThan(1)
    })

    it("send one mail for an event that arrives a hundred times at once", async () => {
      const email = "hundred@example.com"
      const order = await shop.guestOrder(email)
      const event = {
        event: "order-update-token.created",
        data: {
          old_email: email,
          new_customer_id: clara.customer.id,
          orders: [order.id],
          token: "the same token a hundred times",
        },
      }
      await Promise.all(
        Array.from({ length: 100 }, (_, n) =>
          post(`${servers[n % 3]!.url}/probe/emit`, event)
        )
      )
      await shop.mail.waitForMails(1, { to: email })
      // What is emitted after them has been handled after them.
      const last = "last@example.com"
      const { id } = await shop.guestOrder(last)
      for (const [n, { url }] of servers.entries()) {
        const data = {
          ...event.data,
          old_email: last,
          orders: [id],
          token: `${n}`,
        }
        await post(`${url}/probe/emit`, { ...event, data })
      }
      await shop.mail.waitForMails(3, { to: last })

      expect(shop.mail.recipients.filter((to) => to === email)).toEqual([email])
      const opened = (await claims(shop)).filter(
        (claim) => claim.email === email
      )
      expect(opened).toHaveLength(1)
    })
  }
)

describe("a server that leaves such work to others (worker_mode)", () => {
  let shop: Shop
  beforeAll(async () => {
    shop = await newShop({
      env: { MEDUSA_WORKER_MODE: "server" },
      pluginOptions: { limits: false },
      extraPlugins: [probe],
    })
  })
  afterAll(() => shop?.close())

  it("opens claims and mails none; a worker does", async () => {
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const order = await shop.guestOrder("greta@example.com")
    await clara.medusa.orders.requestCustomerOrders({ order_ids: [order.id] })
    await eventually(
      async () => (await claims(shop))[0]?.status === "pending",
      "the claim on record"
    )
    expect(shop.mail.mails).toEqual([])

    const worker = await shop.addServer({
      env: { MEDUSA_WORKER_MODE: "worker" },
    })
    await shop.mail.waitForMails(1)
    await worker.waitForLog("to g***@example.com sent")
    expect(shop.store.log()).not.toContain("to g***@example.com sent")
  })
})

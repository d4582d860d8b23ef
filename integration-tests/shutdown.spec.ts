import { claims, eventually } from "./claims"
import { newShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe("a server that is asked to end (SIGTERM)", () => {
  let shop: Shop
  let inFlight = 0

  beforeAll(async () => {
    shop = await newShop({ pluginOptions: { limits: false } })
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const ids = await shop.guestOrders(60, (n) => `guest-${n}@example.com`)
    shop.mail.onData = () => {
      inFlight += 1
      return new Promise((resolve) =>
        setTimeout(() => {
          inFlight -= 1
          resolve(undefined)
        }, 4000)
      )
    }
    await clara.medusa.orders.requestCustomerOrders({ order_ids: ids })
    await eventually(() => inFlight === 5, "five mails on the wire")
  })
  afterAll(() => shop?.close())

  it("ends soon, with what was on the wire recorded and the rest given back", async () => {
    const before = Date.now()
    const ended = shop.store.stop()
    await eventually(async () => {
      const leased = (await claims(shop)).filter((claim) => claim.leased_by)
      return leased.length <= 5
    }, "what is not on the wire given back")
    expect(inFlight).toBe(5)
    await ended

    expect(Date.now() - before).toBeLessThan(15_000)
    const now = await claims(shop)
    expect(now.filter(({ status }) => status === "sent")).toHaveLength(5)
    expect(now.filter(({ status }) => status === "pending")).toHaveLength(55)
    expect(now.filter((claim) => claim.leased_by)).toEqual([])
    expect(shop.mail.mails).toHaveLength(5)
  })

  it("leaves to the next one what it did not mail, and nothing twice", async () => {
    shop.mail.onData = undefined
    await shop.startAgain()
    await shop.mail.waitForMails(60)
    await eventually(
      async () => (await claims(shop)).every(({ status }) => status === "sent"),
      "all on record as sent"
    )
    const recipients = shop.mail.mails.map(({ envelope }) => envelope.to[0])
    expect(new Set(recipients).size).toBe(60)
    expect(recipients).toHaveLength(60)
  })
})

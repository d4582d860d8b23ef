import { claims, eventually } from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(180_000)

const REFUSED = 100

// Measures a time: it runs after the others (jest.config.js).
describe("a mail server that refuses recipients", () => {
  let shop: Shop
  let clara: LoggedIn

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("does not hold up the next address: a hundred refused ones before a good one", async () => {
    shop.mail.onRcpt = (address) =>
      address.startsWith("good")
        ? undefined
        : { code: 550, message: "no such user" }
    const ids = await shop.guestOrders(REFUSED + 1, (n) =>
      n === REFUSED ? "good@example.com" : `bad-${n}@example.com`
    )
    await clara.medusa.orders.requestCustomerOrders({ order_ids: ids })
    await shop.mail.waitForMails(1, { to: "good@example.com" })

    await eventually(
      async () =>
        (await claims(shop)).filter(({ status }) => status === "failed")
          .length === REFUSED,
      "every refused mail on record as failed"
    )
    const [wait] = await shop.query<{ seconds: number }>(
      `SELECT extract(epoch FROM sent_at - created_at)::float AS seconds
       FROM order_claim WHERE email = 'good@example.com'`
    )
    expect(wait?.seconds).toBeLessThan(1)
  })
})

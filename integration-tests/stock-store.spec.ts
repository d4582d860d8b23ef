import { newShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

describe("the stock store with the packed plugin", () => {
  let shop: Shop

  beforeAll(async () => {
    shop = await newShop()
  })
  afterAll(() => shop.close())

  it("lets a guest order and keeps the order from a customer who registers", async () => {
    const order = await shop.placeGuestOrder({ email: "guest@example.com" })
    const clara = await shop.registerCustomer({ email: "clara@example.com" })

    expect(order.email).toBe("guest@example.com")
    expect(
      await shop.query("SELECT has_account FROM customer WHERE id = $1", [
        order.customer_id,
      ])
    ).toEqual([{ has_account: false }])
    expect((await clara.medusa.customers.listOrders()).orders).toEqual([])
  })

  it("comes back on its port and database after kill -9", async () => {
    const { id } = await shop.placeGuestOrder({ email: "guest@example.com" })
    expect((await shop.store.kill()).signal).toBe("SIGKILL")

    await shop.startAgain()
    const admin = await shop.loginAdmin()
    expect((await admin.admin.orders.retrieve(id)).order.id).toBe(id)
  })

  it("keeps the sessions of two customers apart", async () => {
    const ann = await shop.registerCustomer({ email: "ann@example.com" })
    const bob = await shop.registerCustomer({ email: "bob@example.com" })

    const seen = await Promise.all([
      ann.medusa.customers.retrieve(),
      bob.medusa.customers.retrieve(),
    ])
    expect(seen.map(({ customer }) => customer.email)).toEqual([
      "ann@example.com",
      "bob@example.com",
    ])
  })
})

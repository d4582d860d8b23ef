import {
  addCustomer,
  addOrder,
  openDatabase,
  RULES,
  storedClaims,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { offerOrders } from "../offer"

const EMAIL = "greta@example.com"

describe("the offer to a new account", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() =>
    db.query('TRUNCATE order_claim, notification, "order", customer CASCADE')
  )

  const offer = (id: string, email = EMAIL) =>
    db.pool.transaction((tx) => offerOrders(tx, { id, email }, RULES))

  it("is a claim of its own address, for the guest orders that there are", async () => {
    await addOrder(db, EMAIL)
    const customer = await addCustomer(db, { email: EMAIL })
    await offer(customer)
    expect(await storedClaims(db)).toMatchObject([
      {
        customer_id: customer,
        email: EMAIL,
        status: "requested",
        origin: "registration",
        own_address: true,
        order_ids: [],
      },
    ])
  })

  it("is made once, even if the account is reported twice at once", async () => {
    await addOrder(db, EMAIL)
    const customer = await addCustomer(db, { email: EMAIL })
    await Promise.all([offer(customer), offer(customer), offer(customer)])
    await db.query("UPDATE order_claim SET status = 'declined'")
    await offer(customer)
    expect(await storedClaims(db)).toHaveLength(1)
  })

  it("is not made for an address that the account has changed to", async () => {
    await addOrder(db, EMAIL)
    const customer = await addCustomer(db, { email: EMAIL })
    await offer(customer, "eve@example.com")
    expect(await storedClaims(db)).toEqual([])
  })

  it("is not made without guest orders, to guests, nor to nobody", async () => {
    const customer = await addCustomer(db, { email: EMAIL })
    await addOrder(db, EMAIL, { customerId: customer })
    const guest = await addCustomer(db, {
      email: "guest@example.com",
      has_account: false,
    })
    await addOrder(db, "guest@example.com", { customerId: guest })
    await offer(customer)
    await offer(guest, "guest@example.com")
    await offer("cus_unknown")
    expect(await storedClaims(db)).toEqual([])
  })
})

import type { Queryable } from "../database"
import { findGuestOrders, SoughtOrders } from "../guest-orders"
import {
  addCustomer,
  addOrder,
  addOrders,
  changeClaim,
  openClaim,
  openDatabase,
  TestDatabase,
} from "./test-database"

const EMAIL = "greta@example.com"

describe("the guest orders of an address", () => {
  let db: TestDatabase
  let claimant: string
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query('TRUNCATE order_claim, notification, "order" CASCADE')
    claimant = await addCustomer(db)
  })

  const sought = (): SoughtOrders => ({
    customer_id: claimant,
    email: EMAIL,
    display_id: null,
    sales_channel_ids: null,
  })
  const find = (changes: Partial<SoughtOrders> = {}) =>
    findGuestOrders(db, { ...sought(), ...changes })
  const change = (id: string, assignments: string) =>
    db.query(`UPDATE "order" SET ${assignments} WHERE id = $1`, [id])

  it("are found, the newest first", async () => {
    const [first, second, third] = await addOrders(db, EMAIL, 3)
    await change(first!, "created_at = '2026-11-03'")
    await change(second!, "created_at = '2026-11-01'")
    await change(third!, "created_at = '2026-11-02'")
    expect(await find()).toEqual([first, third, second])
  })

  it("are found whatever the case of the letters in the request", async () => {
    const order = await addOrder(db, EMAIL)
    expect(await find({ email: "GRETA@Example.com" })).toEqual([order])
  })

  it("are up to 3,000", async () => {
    await addOrders(db, EMAIL, 3001)
    expect(await find()).toHaveLength(3000)
  })

  it("are narrowed to one number", async () => {
    const [, second] = await addOrders(db, EMAIL, 3)
    await change(second!, "display_id = 1042")
    expect(await find({ display_id: 1042 })).toEqual([second])
    expect(await find({ display_id: 7 })).toEqual([])
  })

  it("are narrowed to sales channels", async () => {
    const [, second] = await addOrders(db, EMAIL, 3)
    await db.query(
      `INSERT INTO sales_channel (id, name) VALUES ('sc_one', 'One')
       ON CONFLICT DO NOTHING`
    )
    await change(second!, "sales_channel_id = 'sc_one'")
    expect(await find({ sales_channel_ids: ["sc_one"] })).toEqual([second])
    expect(await find({ sales_channel_ids: ["sc_other"] })).toEqual([])
  })

  it("are never those of customers with accounts, with the same address or not", async () => {
    const owner = await addCustomer(db, { email: EMAIL })
    await addOrder(db, EMAIL, { customerId: owner })
    const [order] = await addOrders(db, EMAIL, 1)
    await change(order!, `customer_id = '${claimant}'`)
    expect(await find()).toEqual([])
  })

  it("are never canceled ones, nor those whose address has changed", async () => {
    await addOrder(db, EMAIL, { status: "canceled" })
    const changed = await addOrder(db, EMAIL)
    await change(changed, "email = 'new@example.com'")
    expect(await find()).toEqual([])
    expect(await find({ email: "new@example.com" })).toEqual([])
  })

  it("are never those that were declined to this claimant", async () => {
    const claim = await openClaim(db, { email: EMAIL, claimant })
    const other = await addOrder(db, EMAIL)
    await changeClaim(db, claim, "status = 'declined'")
    expect(await find()).toEqual([other])
    const somebody = await addCustomer(db)
    expect(await find({ customer_id: somebody })).toHaveLength(2)
  })

  it("are found by index, however many orders there are", async () => {
    await addOrders(db, "other@example.com", 3000)
    await db.query(
      `INSERT INTO customer (id, email, has_account)
       SELECT 'cus_many_' || n, n || '@example.com', false
       FROM generate_series(1, 3000) AS n`
    )
    await addOrder(db, EMAIL)
    await db.query('ANALYZE "order"; ANALYZE customer')
    const plans: string[] = []
    const explaining: Queryable = {
      query: async (sql, parameters) => {
        const rows = await db.query<{ "QUERY PLAN": string }>(
          `EXPLAIN ${sql}`,
          parameters
        )
        plans.push(...rows.map((row) => row["QUERY PLAN"]))
        return db.query(sql, parameters)
      },
    }
    expect(await findGuestOrders(explaining, sought())).toHaveLength(1)
    expect(plans.join("\n")).not.toMatch(/Seq Scan on ("order"|customer)/)
  })
})

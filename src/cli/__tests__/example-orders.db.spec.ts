import {
  addOrder,
  openDatabase,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { parseOptions } from "../../options/settings"
import { checkStorefront } from "../checks/storefront"
import { exampleOrder } from "../example-orders"

describe("--order", () => {
  let db: TestDatabase
  let id: string
  beforeAll(async () => {
    db = await openDatabase()
    id = await addOrder(db, "greta@example.com")
    await db.query(
      "INSERT INTO sales_channel (id, name) VALUES ('sc_north', 'North')"
    )
    await db.query(
      `UPDATE "order" SET sales_channel_id = 'sc_north',
         metadata = '{"shop":"north"}' WHERE id = $1`,
      [id]
    )
  })
  afterAll(() => db.close())

  it("reads an order from the store's database", async () => {
    expect(await exampleOrder(id, { database_url: db.url })).toEqual({
      id,
      sales_channel_id: "sc_north",
      region_id: expect.stringMatching(/./) as string,
      currency_code: "eur",
      metadata: { shop: "north" },
    })
  })

  it("says in words that there is no such order", async () => {
    await expect(
      exampleOrder("order_unknown", { database_url: db.url })
    ).rejects.toThrow(
      "--order order_unknown: the database has no such order; expected an id such as order_01HXYZ…"
    )
  })

  it("is the order for which doctor calls the function, and its failure counts", async () => {
    const projectConfig = { database_url: db.url }
    const settings = (result: object | Error) =>
      parseOptions({
        from: "orders@shop.example",
        storefront: ({ orders: [order] }: { orders: { id: string }[] }) => {
          if (result instanceof Error) throw result
          return { ...result, brand: { name: `Brand of ${order!.id}` } }
        },
      })
    const { finding } = await checkStorefront(
      settings({}),
      { projectConfig },
      id
    )
    expect(finding).toMatchObject({ type: "fine" })
    expect(finding!.detail).toContain(`for ${id}: from orders@shop.example`)
    expect(finding!.detail).toContain(`brand Brand of ${id}`)

    const failed = await checkStorefront(
      settings(new Error("no brand")),
      { projectConfig },
      id
    )
    expect(failed.finding).toEqual({
      type: "wrong",
      what: "storefront",
      detail: "storefront threw Error: no brand",
    })
  })
})

import { codeBlocks } from "../docs/code-blocks"
import { claimedOrder, confirm, loginStaff, request, bearer } from "./claims"
import {
  createDatabase,
  type LoggedIn,
  medusaCli,
  newShop,
  query,
  run,
  type Shop,
  stockEnvironment,
  templateDatabase,
  theHarness,
} from "./stock-store"

jest.setTimeout(300_000)

describe("a store that has had the plugin", () => {
  let shop: Shop
  let clara: LoggedIn

  beforeAll(async () => {
    shop = await newShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  it("runs on without it, its notifications readable", async () => {
    const { order, token } = await claimedOrder(
      shop,
      clara,
      "greta@example.com"
    )
    await shop.store.stop()
    await shop.startAgain({ pluginOptions: false })

    const staff = bearer(await loginStaff(shop))
    const listed = await request(
      "GET",
      `${shop.url}/admin/notifications?resource_id=${order.id}`,
      staff
    )
    expect(listed.status).toBe(200)
    expect(listed.text).toContain("greta@example.com")
    const { orders } = await clara.medusa.customers.listOrders()
    expect(orders).toEqual([])

    // the SQL of docs/operations.md, while the store runs
    const [sql] = codeBlocks()
      .filter(({ at }) => at.includes("operations"))
      .filter(({ code }) => code.includes("DROP TABLE"))
    await query(shop.databaseUrl, sql!.code)
    expect((await request("GET", `${shop.url}/store/products`)).status).toBe(
      200
    )

    // and back again, from the start
    await shop.store.stop()
    await migrate(shop.databaseUrl)
    await shop.startAgain()
    const again = await claimedOrder(shop, clara, "gustav@example.com")
    expect((await confirm(shop, again.token)).status).toBe(200)
    expect((await confirm(shop, token)).body.code).toBe("order_claim_invalid")
  })

  it("loses the table with the migration, and gets it back", async () => {
    const { folder, postgresPort } = theHarness()
    const databaseUrl = await createDatabase(postgresPort, {
      template: templateDatabase,
    })
    const hasTable = async () => {
      const [row] = await query<{ found: string | null }>(
        databaseUrl,
        "SELECT to_regclass('order_claim')::text AS found"
      )
      return row?.found === "order_claim"
    }
    // the last that ran is what `revert` reverts
    await query(
      databaseUrl,
      `UPDATE migrations SET id = (SELECT max(id) + 1 FROM migrations)
       WHERE name = 'CreateOrderClaim1700000000000'`
    )
    await run({
      line: [process.execPath, medusaCli, "migrations", "revert"],
      cwd: folder,
      env: stockEnvironment({ databaseUrl }),
    })
    expect(await hasTable()).toBe(false)

    await migrate(databaseUrl)
    expect(await hasTable()).toBe(true)
  })

  const migrate = (databaseUrl: string) => {
    const { folder } = theHarness()
    return run({
      line: [process.execPath, medusaCli, "migrations", "run"],
      cwd: folder,
      env: stockEnvironment({ databaseUrl }),
    })
  }
})

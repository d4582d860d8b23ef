import {
  createDatabase,
  newShop,
  type Shop,
  startStore,
  templateDatabase,
  theHarness,
} from "./stock-store"

jest.setTimeout(180_000)

describe("a store that starts with the plugin", () => {
  const start = async (
    pluginOptions: Record<string, unknown>,
    env: NodeJS.ProcessEnv = {},
    template?: string
  ) => {
    const { folder, postgresPort } = theHarness()
    const databaseUrl = await createDatabase(postgresPort, {
      template: template ?? templateDatabase,
    })
    return startStore({ folder, databaseUrl, pluginOptions, env })
  }

  it("stops at bad options, and names each with what is expected", async () => {
    const boot = start({
      from: "nobody",
      link_ttl: "1 year",
      claim_ulr: "https://shop.example",
      transport: { auth: { pass: "hunter2" }, host: 1 },
      delivery: { concurrency: 0 },
    })
    const failure = await boot.then(
      (store) => store.stop().then(() => "it started"),
      (error: Error) => error.message
    )
    expect(failure).toContain(
      'from: expected a sender such as "My Shop <orders@shop.example>"; got "nobody"'
    )
    expect(failure).toContain(
      'link_ttl: expected a duration from "1m" to "7d"; got "1 year"'
    )
    expect(failure).toContain("claim_ulr: there is no such option")
    expect(failure).toContain(
      "delivery.concurrency: expected a whole number from 1 to 50; got 0"
    )
    expect(failure).not.toContain("hunter2")
  })

  it("reports a weak secret loudly", async () => {
    const weak = await start({}, { JWT_SECRET: "supersecret" })
    expect(weak.log()).toMatch(/SECURITY: .*is Medusa's public default/)
    await weak.stop()
  })

  describe("and no migration", () => {
    let shop: Shop
    beforeAll(async () => {
      shop = await newShop()
      await shop.query("DROP TABLE order_claim")
      await shop.store.stop()
      await shop.startAgain()
    })
    afterAll(() => shop?.close())

    it("says in one line what to run, and sells on", async () => {
      await shop.store.waitForLog(
        /table order_claim is missing.*npx medusa migrations run/
      )
      expect((await fetch(`${shop.url}/store/products`)).status).toBe(200)
    })
  })

  it("says nothing else: no warning of its own", async () => {
    const store = await start({}, { JWT_SECRET: "s".repeat(32) })
    const lines = store.log().split("\n")
    expect(lines.filter((line) => /order-?claim/i.test(line))).toEqual([])
    expect(store.log()).not.toMatch(/missing a config|Running loader failed/)
    await store.stop()
  })
})

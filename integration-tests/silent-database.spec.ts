import { setTimeout as pause } from "node:timers/promises"
import { claims, eventually, post, probe } from "./claims"
import { type DatabaseLine, startDatabaseLine } from "./database-line"
import { type LoggedIn, newShop, type Shop, type Store } from "./stock-store"
import { theHarness } from "./stock-store/harness"

jest.setTimeout(240_000)

/** The time for which the network is away: longer than any of the plugin's time limits. */
const SILENCE_MS = 25_000

describe("a server whose line to the database falls silent", () => {
  let line: DatabaseLine
  let shop: Shop
  let other: Store
  let clara: LoggedIn

  beforeAll(async () => {
    line = await startDatabaseLine(theHarness().postgresPort)
    shop = await newShop({ databaseLine: line, extraPlugins: [probe] })
    other = await shop.addServer({ databaseLine: undefined })
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(async () => {
    line?.restore()
    await shop?.close()
    await line?.stop()
  })

  const emit = async (server: Store, email: string) => {
    const { id } = await shop.guestOrder(email)
    return {
      send: () =>
        post(`${server.url}/probe/emit`, {
          event: "order-update-token.created",
          data: {
            old_email: email,
            new_customer_id: clara.customer.id,
            orders: [id],
            token: `the token of ${email}`,
          },
        }),
    }
  }
  const opened = async (email: string, withinMs: number) => {
    await eventually(
      async () =>
        (await claims(shop)).find(
          (claim) => claim.email === email && claim.status === "sent"
        ),
      `the claim of ${email} to be mailed`,
      withinMs
    )
  }

  it("holds up no other server, and goes on by itself when it is back", async () => {
    const [hit, unhurt] = [
      await emit(shop.store, "hit@example.com"),
      await emit(other, "unhurt@example.com"),
    ]
    // Just after it took the lock of opening; then the network is gone.
    const isLocked = line.holdAt("pg_advisory_xact_lock")
    void hit.send()
    await isLocked
    line.hold()

    const since = Date.now()
    await unhurt.send()
    await opened("unhurt@example.com", 30_000)

    await pause(Math.max(0, SILENCE_MS - (Date.now() - since)))
    line.restore()
    await opened("hit@example.com", 60_000)
    const recipients = shop.mail.mails.map(({ envelope }) => envelope.to[0])
    expect(recipients.sort()).toEqual(["hit@example.com", "unhurt@example.com"])
  })

  it("has said what it waits for", () => {
    expect(shop.store.log()).toMatch(
      /order-claim: 1 claim waits to be recorded: /
    )
    expect(shop.store.log()).toMatch(/order-claim: claims are opened again/)
  })
})

import { campaign } from "./campaign"
import { eventually } from "./claims"
import { type DatabaseLine, startDatabaseLine } from "./database-line"
import { newShop, type Shop, tokenIn } from "./stock-store"
import { theHarness } from "./stock-store/harness"

jest.setTimeout(1_800_000)

const KILLS = campaign(2, 20)
const CLAIMS = 25 * KILLS

/** The default of `delivery.concurrency`. */
const CONCURRENCY = 5

describe.each([
  { database: "a database", delayMs: 0 },
  { database: "a database that takes 200 ms for each answer", delayMs: 200 },
])(
  `kill -9, ${KILLS} times over a burst of claims, with $database`,
  ({ delayMs }) => {
    let shop: Shop
    let line: DatabaseLine
    const waiters: (() => void)[] = []

    /** Resolves when so many more mails have come: a random point of the burst. */
    const mailsMore = (count: number) => {
      const goal = shop.mail.mails.length + count
      return new Promise<void>((resolve) => {
        waiters.push(() => {
          if (shop.mail.mails.length + 1 >= goal) resolve()
        })
      })
    }
    const sent = () =>
      shop.query<{ id: string }>(
        "SELECT id FROM order_claim WHERE status = 'sent'"
      )
    const allSent = () =>
      eventually(
        async () => (await sent()).length === CLAIMS,
        "every claim sent",
        120_000
      )
    const claimOf = ({ headers }: { headers: Map<string, unknown> }) =>
      /oclaim_\w+/.exec(headers.get("message-id") as string)?.[0]
    const mailsOf = (claimId: string) =>
      shop.mail.mails.filter(({ headers }) =>
        (headers.get("message-id") as string).startsWith(`<${claimId}.`)
      )

    beforeAll(async () => {
      line = await startDatabaseLine(theHarness().postgresPort)
      shop = await newShop({
        databaseLine: line,
        pluginOptions: { limits: false, delivery: { lease: "2s" } },
      })
      // A mail server that takes its time, so that there is always mail in flight.
      shop.mail.onData = () => {
        for (const waiter of waiters.slice()) waiter()
        return new Promise((resolve) =>
          setTimeout(() => resolve(undefined), 20)
        )
      }
      const clara = await shop.registerCustomer({ email: "clara@example.com" })
      const ids = await shop.guestOrders(
        CLAIMS,
        (n) => `guest-${n}@example.com`
      )
      await clara.medusa.orders.requestCustomerOrders({ order_ids: ids })
      await eventually(
        async () =>
          (await shop.query("SELECT 1 FROM order_claim")).length === CLAIMS,
        "all claims on record",
        120_000
      )
    })
    afterAll(async () => {
      await shop?.close()
      await line?.stop()
    })

    it("loses none, and repeats only a few of those not on record", async () => {
      const recorded = new Map<string, number>()
      for (let kill = 0; kill < KILLS; kill++) {
        const before = shop.mail.mails.length
        line.slowDown(delayMs)
        // In the last round more than may be off the record.
        const least = kill === KILLS - 1 ? 2 * CONCURRENCY + 2 : 1
        const more = mailsMore(least + Math.floor(Math.random() * 15))
        // On a busy machine the rest may have been mailed while the server started.
        await Promise.race([more, allSent().catch(() => undefined)])
        await shop.store.kill()
        line.slowDown(0)

        const isSent = new Set((await sent()).map(({ id }) => id))
        for (const id of isSent) {
          if (!recorded.has(id)) recorded.set(id, mailsOf(id).length)
        }
        const mailed = shop.mail.mails.slice(before).map(claimOf)
        const repeated = mailed.filter((id) => !isSent.has(id ?? ""))
        expect(repeated.length).toBeLessThanOrEqual(2 * CONCURRENCY)
        await shop.startAgain()
      }
      await allSent()
      expect(recorded.size).toBeGreaterThan(delayMs ? 0 : KILLS)
      for (const [id, before] of recorded) {
        expect([id, mailsOf(id).length]).toEqual([id, before])
      }
    })

    it("repeats what was in flight with the same Message-ID and link", async () => {
      for (const { id } of await sent()) {
        const mails = mailsOf(id)
        expect(mails.length).toBeGreaterThan(0)
        expect(
          new Set(mails.map((m) => m.headers.get("message-id"))).size
        ).toBe(1)
        expect(new Set(mails.map((mail) => tokenIn(mail))).size).toBe(1)
      }
    })
  }
)

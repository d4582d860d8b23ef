import { campaign } from "./campaign"
import { eventually } from "./claims"
import { copyOrders, newShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(400_000)

const KILLS = campaign(6, 20)
const CLAIMS = 25 * KILLS

describe(`kill -9, ${KILLS} times over a burst of claims`, () => {
  let shop: Shop
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
  const mailsOf = (claimId: string) =>
    shop.mail.mails.filter(({ headers }) =>
      (headers.get("message-id") as string).startsWith(`<${claimId}.`)
    )

  beforeAll(async () => {
    shop = await newShop({
      pluginOptions: { limits: false, delivery: { lease: "2s" } },
    })
    // A mail server that takes its time, so that there is always mail in flight.
    shop.mail.onData = () => {
      for (const waiter of waiters.slice()) waiter()
      return new Promise((resolve) => setTimeout(() => resolve(undefined), 20))
    }
    const clara = await shop.registerCustomer({ email: "clara@example.com" })
    const ids = await copyOrders(
      shop,
      await shop.placeGuestOrder({ email: "greta@example.com" }),
      CLAIMS,
      (n) => `guest-${n}@example.com`
    )
    await clara.medusa.orders.requestCustomerOrders({ order_ids: ids })
    await eventually(
      async () =>
        (await shop.query("SELECT 1 FROM order_claim")).length === CLAIMS,
      "all claims on record"
    )
  })
  afterAll(() => shop?.close())

  it("loses none, and repeats none that was on record as sent", async () => {
    const recorded = new Map<string, number>()
    for (let kill = 0; kill < KILLS; kill++) {
      await mailsMore(1 + Math.floor(Math.random() * 15))
      await shop.store.kill()
      for (const { id } of await sent()) {
        if (!recorded.has(id)) recorded.set(id, mailsOf(id).length)
      }
      await shop.startAgain()
    }
    await eventually(
      async () => (await sent()).length === CLAIMS,
      "every claim sent",
      120_000
    )
    expect(recorded.size).toBeGreaterThan(KILLS)
    for (const [id, before] of recorded) {
      expect([id, mailsOf(id).length]).toEqual([id, before])
    }
  })

  it("repeats what was in flight with the same Message-ID and link", async () => {
    for (const { id } of await sent()) {
      const mails = mailsOf(id)
      expect(mails.length).toBeGreaterThan(0)
      expect(new Set(mails.map((m) => m.headers.get("message-id"))).size).toBe(
        1
      )
      expect(new Set(mails.map((mail) => tokenIn(mail))).size).toBe(1)
    }
  })
})

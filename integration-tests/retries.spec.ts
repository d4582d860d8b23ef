import { claims, confirm, eventually } from "./claims"
import { type FlakyLine, type LineState, startFlakyLine } from "./flaky-line"
import { type LoggedIn, newShop, type Shop, tokenIn } from "./stock-store"

jest.setTimeout(180_000)

describe("a mail server that fails", () => {
  let line: FlakyLine
  let shop: Shop
  let clara: LoggedIn
  let round = 0

  /** Asks for as many orders, each of an address of its own. */
  const ask = async (count: number) => {
    const name = `r${++round}`
    const copies = await shop.guestOrders(
      count,
      (n) => `${name}-${n}@example.com`
    )
    await clara.medusa.orders.requestCustomerOrders({ order_ids: copies })
    return { name, emails: copies.map((_, n) => `${name}-${n}@example.com`) }
  }
  const claimsOf = async (name: string) =>
    (await claims(shop)).filter(({ email }) => email.startsWith(`${name}-`))
  const allAre = (name: string, count: number, status: string) =>
    eventually(
      async () => {
        const found = (await claimsOf(name)).filter((c) => c.status === status)
        return found.length === count && found
      },
      `${count} claims that are ${status}`,
      60_000
    )
  const arrivals = (emails: string[]) =>
    emails.map(
      (email) =>
        shop.mail.mails.filter(({ envelope }) => envelope.to[0] === email)
          .length
    )

  beforeAll(async () => {
    line = await startFlakyLine()
    shop = await newShop({
      env: { SMTP_URL: line.url },
      pluginOptions: {
        limits: false,
        delivery: {
          first_retry: "1s",
          longest_retry: "2s",
          connection_timeout: "1s",
          send_timeout: "2s",
        },
      },
    })
    line.target = shop.mail.port
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterEach(() => {
    line.state = "up"
    shop.mail.onRcpt = shop.mail.onData = undefined
  })
  afterAll(async () => {
    await shop?.close()
    await line?.stop()
  })

  it("with 451 for a while gets every mail afterwards, once", async () => {
    shop.mail.onRcpt = () => ({ code: 451, message: "greylisted, try later" })
    const { name, emails } = await ask(10)
    await eventually(async () => {
      const deferred = await claimsOf(name)
      const isTried = deferred.every((c) => c.deliveries.length > 0)
      return deferred.length === 10 && isTried
    }, "an attempt for each")
    expect((await claimsOf(name))[0]).toMatchObject({
      status: "pending",
      last_error: expect.stringContaining("greylisted") as string,
    })
    shop.mail.onRcpt = undefined

    const sent = await allAre(name, 10, "sent")
    expect(arrivals(emails)).toEqual(Array(10).fill(1))
    expect(sent[0]?.deliveries.map(({ outcome }) => outcome)).toEqual([
      ...Array<string>(sent[0]!.attempts - 1).fill("deferred"),
      "accepted",
    ])
  })

  it.each<LineState>(["reset", "silent", "drip", "cut"])(
    "behind a line that is %s gets every mail once it is up, and the shop sells on",
    async (state) => {
      line.state = state
      // Connections from before are up; let new ones be made.
      shop.mail.onRcpt = () => ({ code: 421, message: "closing" })
      const { name, emails } = await ask(10)
      await eventually(
        async () => {
          const tried = await claimsOf(name)
          return tried.length === 10 && tried.every((c) => c.attempts > 1)
        },
        "two attempts for each",
        60_000
      )
      const page = await fetch(`${shop.url}/store/products`)
      expect(page.status).toBe(200)
      shop.mail.onRcpt = undefined
      line.state = "up"

      await allAre(name, 10, "sent")
      expect(arrivals(emails)).toEqual(Array(10).fill(1))
    }
  )

  it("with 550 after a 451 is believed: failed for good, and told", async () => {
    let asked = 0
    shop.mail.onRcpt = () =>
      asked++ === 0
        ? { code: 451, message: "later" }
        : { code: 550, message: "no such user" }
    const { name, emails } = await ask(1)

    const [claim] = await allAre(name, 1, "failed")
    expect(claim).toMatchObject({ attempts: 2, next_attempt_at: null })
    expect(claim?.last_error).toContain("no such user")
    await shop.store.waitForLog(
      new RegExp(
        `${claim!.id} to r\\*\\*\\*@example.com failed: .*no such user`
      )
    )
    await shop.store.waitForLog("Processing order-claim.failed")
    const [notification] = await shop.query<{
      id: string
      data: { status: string; last_error: string }
    }>("SELECT id, data FROM notification WHERE resource_id = $1", [
      claim!.order_ids[0],
    ])
    expect(notification?.data.status).toBe("failed")
    expect(notification?.data.last_error).toContain("no such user")
    expect(asked).toBe(2)

    shop.mail.onRcpt = undefined
    const { admin } = await shop.loginAdmin()
    await admin.notifications.resend(notification!.id, {})
    const [mail] = await shop.mail.waitForMails(1, { to: emails[0]! })
    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
  })

  it("gets a link that still works, however late it leaves", async () => {
    shop.mail.onRcpt = () => ({ code: 451, message: "later" })
    const { name, emails } = await ask(1)
    await eventually(
      async () => (await claimsOf(name))[0]?.deliveries.length,
      "the first attempt"
    )
    await shop.query(
      "UPDATE order_claim SET expires_at = now() + interval '5 s' WHERE email = $1",
      [emails[0]]
    )
    shop.mail.onRcpt = undefined

    const [mail] = await shop.mail.waitForMails(1, { to: emails[0]! })
    const [claim] = await allAre(name, 1, "sent")
    expect(claim?.token_generation).toBe(2)
    expect(mail?.headers.get("message-id")).toBe(
      `<${claim!.id}.2@shop.example>`
    )
    expect((await confirm(shop, tokenIn(mail!))).status).toBe(200)
  })

  it("is given up on after the time the shop says, visibly", async () => {
    shop.mail.onRcpt = () => ({ code: 451, message: "always later" })
    await shop.store.stop()
    await shop.startAgain({
      pluginOptions: {
        limits: false,
        delivery: { first_retry: "1s", give_up_after: "8s" },
      },
    })
    const { name } = await ask(1)
    const [claim] = await allAre(name, 1, "failed")

    expect(claim?.attempts).toBeGreaterThan(1)
    expect(claim?.last_error).toContain("always later")
    await shop.store.waitForLog(`${claim!.id} to r***@example.com failed`)
  })

  it("is tried no more once nothing of the claim may be claimed", async () => {
    shop.mail.onRcpt = () => ({ code: 451, message: "later" })
    const { name } = await ask(1)
    await eventually(
      async () => (await claimsOf(name))[0]?.deliveries.length,
      "the first attempt"
    )
    const [asked] = await claimsOf(name)
    const { admin } = await shop.loginAdmin()
    await admin.orders.update(asked!.order_ids[0]!, {
      email: "moved@example.com",
    })

    const [claim] = await allAre(name, 1, "ineligible")
    expect(claim?.last_error).toBe(
      "no order may be claimed: 1 on another email address"
    )
  })
})

import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { parseOptions } from "../../options/settings"
import { createTransport } from "../../transports"
import type { Transport } from "../../transports/transport"
import { silentLogger } from "../../values/__tests__/loggers"
import { Courier } from "../courier"
import { composingWith } from "./composing"
import {
  openClaim,
  openDatabase,
  storedClaims,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

const CLAIMS = 20
const MAILS = 5
const WINDOW_MS = 1500

describe("the courier with a rate limit", () => {
  let db: TestDatabase
  let mail: MailServer
  let transport: Transport
  let courier: Courier
  let refused = 0

  beforeAll(async () => {
    db = await openDatabase()
    mail = await startMailServer()
    // Refuses what exceeds the limit, by its own clock.
    const arrivals: number[] = []
    mail.onRcpt = () => {
      const now = performance.now()
      const recent = arrivals.filter((at) => now - at < WINDOW_MS)
      arrivals.push(now)
      if (recent.length < MAILS) return undefined
      refused += 1
      return { code: 451, message: "too many mails" }
    }
    const settings = parseOptions({
      claim_url: "https://shop.example/claim",
      from: "orders@shop.example",
      transport: `${mail.url}?rateLimit=${MAILS}&rateDelta=${WINDOW_MS}`,
      // Far less than the wait of most mails.
      delivery: { send_timeout: "3s" },
    })
    transport = createTransport(settings, {}, silentLogger)
    courier = new Courier({
      db: db.pool,
      emails: composingWith(settings, "a jwt secret for tests"),
      transport,
      delivery: settings.delivery,
      linkTtlMs: settings.linkTtlMs,
      logger: silentLogger,
    })
    for (let n = 0; n < CLAIMS; n += 1) await openClaim(db)
  })
  afterAll(async () => {
    await courier.stop()
    transport.close()
    await db.close()
    await mail.stop()
  })

  it("mails each claim once, none too early, and none in vain", async () => {
    courier.start()
    await until(() => Promise.resolve(mail.mails.length >= CLAIMS))
    await until(async () =>
      (await storedClaims(db)).every(({ status }) => status === "sent")
    )
    expect(refused).toBe(0)
    const recipients = mail.mails.map(({ envelope }) => envelope.to[0])
    expect(recipients).toHaveLength(CLAIMS)
    expect(new Set(recipients).size).toBe(CLAIMS)
    expect(await storedClaims(db)).toMatchObject(
      Array(CLAIMS).fill({ attempts: 1, last_error: null })
    )
  })

  it("stops at once while it waits for its turn, and leaves nothing leased", async () => {
    for (let n = 0; n < CLAIMS; n += 1) await openClaim(db)
    const before = mail.mails.length
    courier.wake()
    await until(() => Promise.resolve(mail.mails.length >= before + 1))
    await courier.stop()
    const left = (await storedClaims(db)).filter(
      ({ status }) => status === "pending"
    )
    expect(left.length).toBeGreaterThan(0)
    expect(left.filter(({ leased_by }) => leased_by)).toEqual([])
  })
})

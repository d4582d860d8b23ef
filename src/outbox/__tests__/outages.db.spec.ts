import { setTimeout as pause } from "timers/promises"
import { campaign } from "../../../integration-tests/campaign"
import {
  DatabaseLine,
  startDatabaseLine,
} from "../../../integration-tests/database-line"
import { theHarness } from "../../../integration-tests/stock-store/harness"
import {
  MailServer,
  startMailServer,
} from "../../../integration-tests/stock-store/mail-server"
import { parseOptions } from "../../options/settings"
import { createTransport } from "../../transports"
import type { Transport } from "../../transports/transport"
import { recordingLogger } from "../../values/__tests__/loggers"
import { Courier } from "../courier"
import { composingWith } from "./composing"
import {
  connect,
  openClaim,
  openDatabase,
  storedClaims,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

jest.setTimeout(300_000)

const ROUNDS = campaign(2, 20)
const CLAIMS = 40
const LEASE_MS = 500
// Shorter than in a shop, as the lease is.
const LIMITS = {
  connectMs: 300,
  lockMs: 200,
  statementMs: 300,
  idleMs: 300,
  answerMs: 400,
}

describe("the courier in an outage of the database", () => {
  let db: TestDatabase
  let line: DatabaseLine
  let mail: MailServer
  let transport: Transport
  let courier: Courier
  const logger = recordingLogger()

  beforeAll(async () => {
    db = await openDatabase()
    line = await startDatabaseLine(theHarness().postgresPort)
    mail = await startMailServer()
    const settings = parseOptions({
      claim_url: "https://shop.example/claim",
      from: "orders@shop.example",
      transport: mail.url,
    })
    transport = createTransport(settings, {}, logger)
    courier = new Courier({
      db: db.newPool(LIMITS, line.urlThrough(db.url)),
      emails: composingWith(settings, "a jwt secret for tests"),
      transport,
      delivery: { ...settings.delivery, leaseMs: LEASE_MS },
      linkTtlMs: settings.linkTtlMs,
      logger,
    })
    courier.start()
  })
  afterAll(async () => {
    line.restore()
    await courier.stop()
    transport.close()
    await db.close()
    await Promise.all([line.stop(), mail.stop()])
  })

  /** Acts like a demoted primary: it ends all connections, and only reads. */
  const demote = async (isReadOnly: boolean) => {
    const admin = await connect(db.url)
    await admin.query("SET default_transaction_read_only = off")
    await admin.query(
      `DO $$ BEGIN EXECUTE format(
         'ALTER DATABASE %I SET default_transaction_read_only = %L',
         current_database(), ${isReadOnly ? "'on'" : "'off'"}); END $$`
    )
    await admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid()`
    )
    await admin.close()
  }

  it.each([
    {
      what: "only reads for a while",
      begin: () => demote(true),
      end: () => demote(false),
    },
    {
      what: "is away for a while",
      begin: () => Promise.resolve(line.cut()),
      end: () => Promise.resolve(line.restore()),
    },
    {
      what: "is silent for a while",
      begin: () => Promise.resolve(line.hold()),
      end: () => Promise.resolve(line.restore()),
    },
  ])(
    `that $what mails each claim once, ${ROUNDS} times at random points`,
    async ({ begin, end }) => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await db.query("TRUNCATE order_claim, notification, staged_job")
        mail.mails.length = 0
        for (let n = 0; n < CLAIMS; n += 1) await openClaim(db)

        // Mostly longer than a lease, so that other servers might take the claims.
        const outage = LEASE_MS * (0.5 + 2 * Math.random())
        courier.wake()
        await pause(Math.random() * 200)
        await begin()
        await pause(outage)
        await end()
        await until(async () =>
          (await storedClaims(db).catch(() => [])).every(
            ({ status }) => status === "sent"
          )
        )
        const recipients = mail.mails.map(({ envelope }) => envelope.to[0])
        expect(new Set(recipients).size).toBe(CLAIMS)
        expect(recipients).toHaveLength(CLAIMS)
      }
    }
  )

  it("says in a line now and then what it waits for", () => {
    const lines = logger.lines.map((line) => JSON.stringify(line))
    expect(lines.join("\n")).toMatch(/the outbox is waiting: /)
    expect(lines.join("\n")).toMatch(/the outbox is being emptied again after/)
    const waits = lines.filter((line) => line.includes("waiting: "))
    expect(waits.length).toBeLessThanOrEqual(6 * ROUNDS)
  })
})

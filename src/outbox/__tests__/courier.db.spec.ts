import { setTimeout as pause } from "timers/promises"
import { parseOptions } from "../../options/settings"
import type {
  DeliveryOutcome,
  Message,
  Transport,
  Turn,
} from "../../transports/transport"
import { Courier } from "../courier"
import { composingWith } from "./composing"
import {
  changeClaim,
  connect,
  openClaim,
  openDatabase,
  storedClaims,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

const CONCURRENCY = 5

/** A transport whose mails stay on the wire until a test lets them through. */
class HeldTransport implements Transport {
  readonly sent: string[] = []
  readonly onTheWire: (() => void)[] = []
  readonly turnsLeft = Infinity

  turn(): Promise<Turn> {
    return Promise.resolve({ end: () => undefined })
  }

  send({ to }: Message): Promise<DeliveryOutcome> {
    return new Promise((resolve) => {
      this.onTheWire.push(() => {
        this.sent.push(to)
        resolve({ type: "accepted", response: "250 OK" })
      })
    })
  }

  letThrough(): void {
    this.onTheWire.shift()?.()
  }

  close(): void {
    // Nothing is open.
  }
}

describe("the courier", () => {
  let db: TestDatabase
  let transport: HeldTransport
  let courier: Courier
  const log: string[] = []

  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query("TRUNCATE order_claim, notification, staged_job")
    transport = new HeldTransport()
    const write = (line: string) => void log.push(line)
    const settings = parseOptions({
      claim_url: "https://shop.example/claim",
      from: "orders@shop.example",
      delivery: { concurrency: CONCURRENCY },
    })
    const { delivery, linkTtlMs } = settings
    courier = new Courier({
      db: db.pool,
      emails: composingWith(settings, "a jwt secret for tests"),
      transport,
      delivery,
      linkTtlMs,
      logger: { info: write, warn: write, error: write },
    })
  })
  afterEach(async () => {
    const stopped = courier.stop()
    while (transport.onTheWire.length) transport.letThrough()
    await stopped
  })

  const openMany = async (count: number) => {
    for (let n = 0; n < count; n++) await openClaim(db)
  }
  const isBusyWith = (count: number) =>
    until(async () => {
      await new Promise(setImmediate)
      return transport.onTheWire.length === count
    })

  it("keeps as many mails on the wire as allowed, to the last one", async () => {
    await openMany(60)
    courier.start()
    for (let left = 60; left > 0; left--) {
      await isBusyWith(Math.min(left, CONCURRENCY))
      transport.letThrough()
    }
    await until(async () =>
      (await storedClaims(db)).every(({ status }) => status === "sent")
    )
    expect(new Set(transport.sent).size).toBe(60)
  })

  it("leases only a few claims while the mail server is slow", async () => {
    await openMany(60)
    courier.start()
    await isBusyWith(CONCURRENCY)

    const leased = (await storedClaims(db)).filter((claim) => claim.leased_by)
    expect(leased.length).toBeLessThanOrEqual(4 * CONCURRENCY)
  })

  it("gives back at once the claims not on the wire, and records the others", async () => {
    await openMany(20)
    courier.start()
    await isBusyWith(CONCURRENCY)
    const stopped = courier.stop()
    await until(async () => {
      const rows = await storedClaims(db)
      return rows.filter((row) => row.leased_by).length === CONCURRENCY
    })
    while (transport.onTheWire.length) transport.letThrough()
    await stopped

    const statuses = (await storedClaims(db)).map(({ status }) => status)
    expect(statuses.filter((status) => status === "sent")).toHaveLength(5)
    expect(statuses.filter((status) => status === "pending")).toHaveLength(15)
    expect(transport.sent).toHaveLength(5)
  })

  it("mails a claim again whose attempt had no outcome, but not after the third", async () => {
    await openMany(2)
    const [again, exhausted] = await storedClaims(db)
    await changeClaim(db, again!, "unrecorded_attempts = 2")
    await changeClaim(db, exhausted!, "unrecorded_attempts = 3")
    courier.start()
    await isBusyWith(1)
    transport.letThrough()
    await until(async () =>
      (await storedClaims(db)).every(({ leased_by }) => !leased_by)
    )
    expect(transport.sent).toEqual([again!.email])
    expect(await storedClaims(db)).toMatchObject([
      { status: "sent", unrecorded_attempts: 0 },
      {
        status: "failed",
        last_error:
          "given up after 3 attempts whose outcome could not be recorded",
      },
    ])
    expect(log.join()).toContain(`${exhausted!.id} to g***@example.com failed`)
  })

  it("mails the others if the database refuses to count the attempt of one", async () => {
    await openMany(3)
    const [, refused] = await storedClaims(db)
    await db.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
       AS 'BEGIN RAISE ''not with me''; END'`
    )
    await db.query(
      `CREATE TRIGGER refuse BEFORE UPDATE ON order_claim FOR EACH ROW
       WHEN (NEW.id = '${refused!.id}' AND NEW.attempts > 0)
       EXECUTE FUNCTION refuse()`
    )
    courier.start()
    await isBusyWith(2)
    while (transport.onTheWire.length) transport.letThrough()
    await until(async () =>
      (await storedClaims(db)).every(
        ({ id, status }) => id === refused!.id || status === "sent"
      )
    )
    expect(log.join()).toMatch(/the outbox is waiting: .*not with me/)
    expect(transport.sent).not.toContain(refused!.email)
    await db.query("DROP TRIGGER refuse ON order_claim")
  })

  it("mails nothing more until earlier outcomes are on record", async () => {
    await openMany(40)
    const holder = await connect(db.url)
    await holder.query("BEGIN")
    courier.start()
    // Twice as many as on the wire: accepted, and locked, so not on record yet.
    for (let round = 0; round < 2; round += 1) {
      await isBusyWith(CONCURRENCY)
      await holder.query(
        "SELECT 1 FROM order_claim WHERE unrecorded_attempts > 0 FOR UPDATE"
      )
      while (transport.onTheWire.length) transport.letThrough()
    }
    // The recorder tries four times a second.
    await pause(600)
    expect(transport.onTheWire).toHaveLength(0)
    expect(transport.sent).toHaveLength(2 * CONCURRENCY)

    await holder.query("COMMIT")
    await holder.close()
    await isBusyWith(CONCURRENCY)
    expect(new Set(transport.sent).size).toBe(2 * CONCURRENCY)
  })

  it("stages an event and logs a line for each mail, without the address", async () => {
    await openMany(1)
    courier.start()
    await isBusyWith(1)
    transport.letThrough()
    await until(
      async () => (await db.query("SELECT 1 FROM staged_job")).length > 0
    )
    const [claim] = await storedClaims(db)
    const [job] = await db.query<{ event_name: string; data: object }>(
      "SELECT event_name, data FROM staged_job"
    )
    expect(job).toEqual({
      event_name: "order-claim.sent",
      data: { id: claim?.id, order_ids: claim?.order_ids },
    })
    const lines = log.filter((line) => line.includes(claim!.id))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain("g***@example.com sent (250 OK)")
    expect(lines[0]).not.toContain(claim!.email)
  })
})

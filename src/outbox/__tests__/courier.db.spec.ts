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

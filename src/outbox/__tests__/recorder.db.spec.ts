import type { ClaimRow } from "../../db/claims"
import { leaseDueClaims } from "../../db/lease-claims"
import type { Attempt } from "../../db/record-attempts"
import { beginAttempts } from "../../db/begin-attempts"
import { Recorder } from "../recorder"
import {
  connect,
  jamClaims,
  MINUTE,
  openClaim,
  openDatabase,
  stagedEvents,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }

const sent = (claim: ClaimRow): Attempt => ({
  claim,
  outcome: "sent",
  status: "sent",
  to_notify: [],
  delivery: {
    message: "claim-request",
    to: "recipient",
    at: new Date().toISOString(),
    outcome: "accepted",
    response: "ok",
  },
  lastError: null,
  retryInMs: null,
})

describe("the recorder", () => {
  let db: TestDatabase
  const log: string[] = []
  beforeEach(async () => {
    db = await openDatabase()
    log.length = 0
  })
  afterEach(() => db.close())

  const write = (line: string) => void log.push(line)
  const logger = { info: write, warn: write, error: write }
  const recorder = (pool = db.pool) => new Recorder(pool, TERMS.owner, logger)
  const leased = async (count: number) => {
    for (let i = 0; i < count; i += 1) await openClaim(db)
    return leaseDueClaims(db, count, TERMS)
  }
  const leasedOne = async () => {
    const [claim] = await leased(1)
    return claim as ClaimRow
  }
  const statuses = async () =>
    (await storedClaims(db)).map(({ status }) => status)
  /** Makes the database refuse a change for good. */
  const refuse = async (table: string, condition: string) => {
    await db.query(
      `CREATE FUNCTION refuse_${table}() RETURNS trigger LANGUAGE plpgsql
       AS 'BEGIN RAISE ''not with me''; END'`
    )
    await db.query(
      `CREATE TRIGGER refuse BEFORE UPDATE OR INSERT ON ${table} FOR EACH ROW
       WHEN (${condition}) EXECUTE FUNCTION refuse_${table}()`
    )
  }

  describe("of outcomes", () => {
    it("has recorded everything once it is settled", async () => {
      const claims = await leased(20)
      const made = recorder()
      const recorded = claims.map((claim) => made.record(sent(claim)))
      await made.settled()
      expect(await statuses()).toEqual(Array(20).fill("sent"))
      await Promise.all(recorded)
    })

    it("records in one transaction what comes while it writes", async () => {
      const claims = await leased(30)
      const made = recorder()
      await Promise.all(claims.map((claim) => made.record(sent(claim))))
      const [row] = await db.query<{ count: number }>(
        "SELECT count(DISTINCT xmin::text)::int FROM order_claim"
      )
      expect(row?.count).toBeLessThanOrEqual(2)
    })

    it("is settled while there is nothing to record, and accepts more later", async () => {
      const [one, two] = (await leased(2)) as [ClaimRow, ClaimRow]
      const made = recorder()
      await made.settled()
      await made.record(sent(one))
      await made.settled()
      await made.record(sent(two))
      expect(await statuses()).toEqual(["sent", "sent"])
    })

    it("ends the count of unrecorded attempts", async () => {
      const claim = await leasedOne()
      await beginAttempts(db, TERMS.owner, [claim])
      await recorder().record(sent(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        attempts: 1,
        unrecorded_attempts: 0,
      })
    })

    it("tries again until the database answers: a sent mail is always recorded", async () => {
      const claim = await leasedOne()
      const jam = await jamClaims(db)
      const recording = recorder(jam.pool).record(sent(claim))
      await jam.hasFailedSomeone()
      await jam.end()
      await recording
      expect(await statuses()).toEqual(["sent"])
      expect(log).toMatchObject([
        expect.stringContaining("the outcomes of 1 mail wait to be recorded"),
        expect.stringContaining("the outcomes of mails are recorded again"),
      ])
    })

    it("tries again while the database only reads, as a demoted primary does", async () => {
      const claim = await leasedOne()
      const readOnly = (value: string) =>
        db.query(
          `DO $$ BEGIN EXECUTE format(
             'ALTER DATABASE %I SET default_transaction_read_only = ${value}',
             current_database()); END $$`
        )
      await readOnly("on")
      const recording = recorder(db.newPool()).record(sent(claim))
      await until(async () => {
        await db.query("SELECT 1")
        return log.some((line) => line.includes("read-only transaction"))
      })
      const writer = await connect(db.url)
      await writer.query("SET default_transaction_read_only = off")
      await writer.query(
        `DO $$ BEGIN EXECUTE format(
           'ALTER DATABASE %I RESET default_transaction_read_only',
           current_database()); END $$`
      )
      await writer.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND pid <> pg_backend_pid()`
      )
      await writer.close()
      await recording
      expect(await statuses()).toEqual(["sent"])
    })

    it("goes on with the others while one claim is locked", async () => {
      const [locked, other] = (await leased(2)) as [ClaimRow, ClaimRow]
      const holder = await connect(db.url)
      await holder.query("BEGIN")
      await holder.query("SELECT 1 FROM order_claim WHERE id = $1 FOR UPDATE", [
        locked.id,
      ])
      const made = recorder()
      const later = made.record(sent(locked))
      await made.record(sent(other))
      expect((await storedClaim(db, other.id)).status).toBe("sent")
      expect((await storedClaim(db, locked.id)).status).toBe("pending")
      await holder.query("COMMIT")
      await holder.close()
      await later
      expect(await statuses()).toEqual(["sent", "sent"])
    })

    it("records an accepted mail even if the lease was lost", async () => {
      const claim = await leasedOne()
      await db.query("UPDATE order_claim SET leased_by = 'b'")
      await recorder().record(sent(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "sent",
        next_attempt_at: null,
        leased_by: "b",
      })
    })

    it("leaves a claim to its next owner if the mail was not accepted", async () => {
      const claim = await leasedOne()
      await db.query("UPDATE order_claim SET leased_by = 'b'")
      await recorder().record({
        ...sent(claim),
        outcome: "deferred",
        status: "pending",
        delivery: { ...sent(claim).delivery!, outcome: "deferred" },
        retryInMs: 1000,
      })
      expect((await storedClaim(db, claim.id)).deliveries).toEqual([])
    })
  })

  describe("of outcomes that the database refuses", () => {
    it("records the others of the batch", async () => {
      const claims = (await leased(3)) as [ClaimRow, ClaimRow, ClaimRow]
      const made = recorder()
      await Promise.all(
        claims.map((claim, i) => {
          const lastError = i === 1 ? "half of a \ud83d" : null
          return made.record({ ...sent(claim), lastError })
        })
      )
      expect((await statuses()).sort()).toEqual(["failed", "sent", "sent"])
    })

    it("records the claim itself if only its notifications are refused", async () => {
      const claim = await leasedOne()
      await refuse("notification", "true")
      await recorder().record(sent(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "sent",
        leased_by: null,
      })
      const [notification] = await storedNotifications(db)
      expect(notification?.data.status).toBe("pending")
      expect(await stagedEvents(db)).toContainEqual({
        event_name: "order-claim.sent",
        data: { id: claim.id, order_ids: claim.order_ids },
      })
      expect(log).toEqual([
        expect.stringMatching(
          new RegExp(
            `the outcome of ${claim.id} is recorded, but something that belongs`
          )
        ),
      ])
    })

    it("fails a claim whose outcome cannot be recorded, visibly for staff", async () => {
      const claim = await leasedOne()
      await refuse("order_claim", "NEW.status = 'sent'")
      await recorder().record(sent(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "failed",
        next_attempt_at: null,
        leased_by: null,
        last_error: expect.stringMatching(
          /^the mail was accepted, but that could not be recorded: .*not with me/
        ) as string,
      })
      expect(log.join()).toContain(`${claim.id} has failed and is not emailed`)
    })

    it("keeps what cannot be recorded at all, and says so until it can", async () => {
      const claim = await leasedOne()
      await refuse("order_claim", "true")
      const made = recorder()
      const recording = made.record(sent(claim))
      await until(async () => {
        await db.query("SELECT 1")
        return log.length > 0
      })
      expect(log[0]).toMatch(/the outcomes of 1 mail wait.*not with me/)
      await db.query("DROP TRIGGER refuse ON order_claim")
      await recording
      expect(await statuses()).toEqual(["sent"])
    })
  })
})

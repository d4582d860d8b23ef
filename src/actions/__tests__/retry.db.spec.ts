import type { Limits } from "../../claims/limits"
import type { ClaimRow } from "../../db/claims"
import { leaseDueClaims } from "../../db/lease-claims"
import {
  changeClaim,
  claimNow,
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  RULES,
  storedClaim,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"
import type { TimeRange } from "../../values/time-range"
import { openRequestedClaim } from "../open-requested"
import { retryFailed } from "../retry"
import { confirmAndMove, link } from "./presenting"

const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }
const AT = "2026-11-21T14:00:00.000Z"
const FAILED = `status = 'failed', next_attempt_at = NULL, attempts = 7,
  unrecorded_attempts = 3, last_error = '550 no', failed_at = '${AT}'`
const ALL: TimeRange = {}

const perHour = (count: number): Limits => ({
  perRecipient: [{ count, windowMs: 60 * MINUTE }],
  perCustomer: [{ count: 1, windowMs: 60 * MINUTE }],
})

describe("mailing what failed again", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const retry = (range = ALL, limits: Limits | false = false) =>
    retryFailed({ db: db.pool, rules: { limits } }, range)
  const failed = async (setup: Parameters<typeof openClaim>[1] = {}) => {
    const claim = await openClaim(db, setup)
    await changeClaim(db, claim, FAILED)
    return claim
  }
  const statusOf = async (claim: ClaimRow) => (await claimNow(db, claim)).status

  it("puts a claim into the outbox, with the attempts of a new one", async () => {
    const claim = await failed({ orderCount: 2 })
    expect(await retry()).toEqual({ queued: 1, limited: 0, left: 0 })

    const row = await storedClaim(db, claim.id)
    expect(row).toMatchObject({
      status: "pending",
      unrecorded_attempts: 0,
      attempts: 7,
      token_generation: 1,
    })
    expect(row.renewals).toHaveLength(1)
    const notified = await storedNotifications(db)
    expect(notified.map(({ data }) => data.status)).toEqual([
      "pending",
      "pending",
    ])
    const [due] = await leaseDueClaims(db, 1, TERMS)
    expect(due!.id).toBe(claim.id)
    expect(Date.now() - due!.retries_since.getTime()).toBeLessThan(MINUTE)
  })

  it("takes those that failed in the time, and no others", async () => {
    const before = await failed()
    const within = await failed()
    const after = await failed()
    await changeClaim(db, before, "failed_at = '2026-11-21T13:59:59.999Z'")
    await changeClaim(db, after, "failed_at = '2026-11-21T14:00:00.001Z'")
    const range = { from: new Date(AT), until: new Date(Date.parse(AT) + 1) }

    expect(await retry(range)).toEqual({ queued: 1, limited: 0, left: 0 })
    expect(await Promise.all([before, within, after].map(statusOf))).toEqual([
      "failed",
      "pending",
      "failed",
    ])
  })

  it.each(["sent", "confirmed", "declined", "canceled", "ineligible"])(
    "leaves a claim alone that failed and is %s",
    async (status) => {
      const claim = await failed()
      await changeClaim(db, claim, `status = '${status}'`)
      expect(await retry()).toEqual({ queued: 0, limited: 0, left: 0 })
      expect(await statusOf(claim)).toBe(status)
    }
  )

  it("mails an address no more than its limit allows", async () => {
    const email = "greta@example.com"
    for (let n = 0; n < 4; n += 1) await failed({ email })
    await failed()
    const result = await retry(ALL, perHour(3))
    expect(result).toEqual({ queued: 4, limited: 1, left: 1 })
    // What was put back counts, so a second call changes nothing.
    expect(await retry(ALL, perHour(3))).toEqual({
      queued: 0,
      limited: 1,
      left: 1,
    })
  })

  it("counts what was mailed to the address otherwise", async () => {
    const email = "Greta@example.com"
    await openClaim(db, { email })
    const claim = await failed({ email: email.toLowerCase() })
    expect(await retry(ALL, perHour(1))).toMatchObject({ limited: 1 })
    expect(await statusOf(claim)).toBe("failed")
    expect(await retry(ALL, perHour(2))).toMatchObject({ queued: 1 })
  })

  it("puts a claim whose orders could not be looked up before the finder", async () => {
    const claim = await failed()
    const orders = claim.order_ids
    await changeClaim(db, claim, "order_ids = '{}', origin = 'address'")
    expect(await retry(ALL, perHour(1))).toMatchObject({ queued: 1 })
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "requested",
      next_attempt_at: null,
    })
    const opened = await db.pool.transaction((tx) =>
      openRequestedClaim(tx, claim.id, RULES)
    )
    expect(opened).toMatchObject({ status: "pending", order_ids: orders })
  })

  it("puts up to a thousand into the outbox, those that failed first", async () => {
    const first = await failed()
    await db.query(
      `INSERT INTO order_claim (
         id, customer_id, email, order_ids, status, token_issued_at, expires_at,
         failed_at
       )
       SELECT 'oclaim_' || n, 'cus_1', n || '@example.com', '{order_1}', 'failed',
         now(), now(), timestamptz '${AT}' + n * interval '1 ms'
       FROM generate_series(1, 1004) AS n`
    )
    expect(await retry()).toEqual({ queued: 1000, limited: 0, left: 5 })
    expect(await statusOf(first)).toBe("pending")
    expect(await statusOf({ ...first, id: "oclaim_999" })).toBe("pending")
    expect(await statusOf({ ...first, id: "oclaim_1000" })).toBe("failed")
    expect(await retry()).toEqual({ queued: 5, limited: 0, left: 0 })
  })

  it("looks past those whose address has had enough", async () => {
    const email = "greta@example.com"
    for (let n = 0; n < 120; n += 1) await failed({ email })
    const last = await failed()
    await changeClaim(db, last, "failed_at = now()")
    expect(await retry(ALL, perHour(1))).toEqual({
      queued: 2,
      limited: 119,
      left: 119,
    })
    expect(await statusOf(last)).toBe("pending")
  })

  it("by two at once queues each claim once", async () => {
    for (let n = 0; n < 30; n += 1) await failed()
    const results = await Promise.all([retry(), retry(), retry()])
    const queued = results.reduce((sum, result) => sum + result.queued, 0)
    expect(queued).toBe(30)
    const renewals = await db.query<{ most: number }>(
      "SELECT max(cardinality(renewals)) AS most FROM order_claim"
    )
    expect(renewals).toEqual([{ most: 1 }])
  })

  it("counts once against the limit of its address", async () => {
    for (const queued of [1, 1, 1, 0]) {
      await failed({ email: "greta@example.com" })
      expect(await retry(ALL, perHour(3))).toMatchObject({ queued })
    }
  })

  it("counts once if it fails again and again", async () => {
    const claim = await failed()
    for (let n = 0; n < 3; n += 1) {
      expect(await retry(ALL, perHour(1))).toMatchObject({ queued: 1 })
      await changeClaim(db, claim, FAILED)
    }
  })

  it("counts beside a link that had arrived before one failed", async () => {
    const email = "greta@example.com"
    const claim = await failed({ email })
    await changeClaim(db, claim, "sent_at = now()")
    expect(await retry(ALL, perHour(2))).toMatchObject({ queued: 1 })

    await failed({ email })
    expect(await retry(ALL, perHour(2))).toMatchObject({ limited: 1 })
  })

  it("by two at once keeps the limit of an address", async () => {
    const email = "greta@example.com"
    for (let n = 0; n < 10; n += 1) await failed({ email })
    const results = await Promise.all(
      Array.from({ length: 4 }, () => retry(ALL, perHour(3)))
    )
    expect(results.reduce((sum, { queued }) => sum + queued, 0)).toBe(3)
  })

  it("leaves out what somebody is changing, and does not wait", async () => {
    const busy = await failed()
    await failed()
    const holder = await connect(db.url)
    await holder.query("BEGIN")
    await holder.query("SELECT id FROM order_claim WHERE id = $1 FOR UPDATE", [
      busy.id,
    ])
    expect(await retry()).toEqual({ queued: 1, limited: 0, left: 1 })
    await holder.query("COMMIT")
    await holder.close()
  })

  describe("also mails about a confirmation", () => {
    const NOTICE = `to_notify = '{}', next_attempt_at = NULL,
      unrecorded_attempts = 3, failed_notices = '{recipient,claimant}',
      failed_at = '${AT}', resolved_at = now() - interval '9 days'`

    const confirmed = async () => {
      const claim = await openClaim(db)
      await confirmAndMove(db.pool, link(claim))
      await changeClaim(db, claim, NOTICE)
      return claim
    }

    it("to the sides that have not had theirs, with the time of a new one", async () => {
      const claim = await confirmed()
      expect(await retry()).toEqual({ queued: 1, limited: 0, left: 0 })
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "confirmed",
        to_notify: ["recipient", "claimant"],
        failed_notices: [],
        unrecorded_attempts: 0,
        renewals: [],
      })
      const [due] = await leaseDueClaims(db, 1, TERMS)
      expect(due!.id).toBe(claim.id)
      expect(Date.now() - due!.retries_since.getTime()).toBeLessThan(MINUTE)
      expect(await retry()).toEqual({ queued: 0, limited: 0, left: 0 })
    })

    it("of the time alone", async () => {
      await confirmed()
      const range = { from: new Date(Date.parse(AT) + 1) }
      expect(await retry(range)).toEqual({ queued: 0, limited: 0, left: 0 })
    })

    it.each([
      "leased_by = 'b', leased_until = now() + interval '1 minute'",
      "to_notify = '{claimant}', failed_notices = '{recipient}'",
    ])("but not while the courier is at it: %s", async (change) => {
      const claim = await confirmed()
      await changeClaim(db, claim, change)
      const before = await storedClaim(db, claim.id)
      expect(await retry()).toEqual({ queued: 0, limited: 0, left: 1 })
      expect(await storedClaim(db, claim.id)).toEqual(before)
    })
  })
})

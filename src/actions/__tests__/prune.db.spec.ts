import { CLAIM_STATUSES, ClaimStatus } from "../../claims/claim"
import {
  addOrder,
  changeClaim,
  connect,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import type { Database } from "../../db/database"
import { leastClaimId } from "../../db/ids"
import { declineClaim } from "../decline"
import { eraseAddress } from "../erase"
import { openClaims } from "../open-claims"
import { pruneClaims } from "../prune"
import { Pruner } from "../pruner"
import { link } from "./presenting"

const DAY = 86_400_000
const YEAR = 365 * DAY

describe("claims that are over and old", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() =>
    db.query('TRUNCATE order_claim, notification, staged_job, "order" CASCADE')
  )

  let count = 0
  /** Makes a claim as old as it would be if everything had happened so many days ago. */
  const aged = async (status: ClaimStatus, days: number, changes = "") => {
    const { id, ...claim } = await openClaim(db)
    const time = new Date(Date.now() - days * DAY)
    const old = `${leastClaimId(time)}${String(++count).padStart(16, "0")}`
    await db.query(
      `UPDATE order_claim SET id = $2, status = $3, created_at = $4,
         updated_at = $4, expires_at = $4, next_attempt_at = NULL ${changes}
       WHERE id = $1`,
      [id, old, status, time]
    )
    await db.query(
      `UPDATE notification SET data = jsonb_set(data, '{order_claim_id}', $2)
       WHERE data->>'order_claim_id' = $1`,
      [id, JSON.stringify(old)]
    )
    return { ...claim, id: old }
  }
  const prune = (retentionMs = YEAR) =>
    db.pool.transaction((tx) => pruneClaims(tx, retentionMs))
  const ids = async () => (await storedClaims(db)).map(({ id }) => id).sort()

  const NEVER: ClaimStatus[] = ["requested", "pending"]
  const BLOCKS: ClaimStatus[] = ["declined", "reverted"]
  const over = CLAIM_STATUSES.filter(
    (status) => ![...NEVER, ...BLOCKS].includes(status)
  )

  it.each(over)("are deleted if they are %s", async (status) => {
    await aged(status, 366)
    const young = await aged(status, 364)

    expect(await prune()).toEqual({ deleted: 1, reduced: 0 })
    expect(await ids()).toEqual([young.id])
    const left = await storedNotifications(db)
    expect(left.map(({ data }) => data.order_claim_id)).toEqual([young.id])
  })

  it.each(NEVER)("are kept while they are %s", async (status) => {
    const { id } = await aged(status, 400)
    expect(await prune()).toEqual({ deleted: 0, reduced: 0 })
    expect(await ids()).toEqual([id])
  })

  it.each([
    ["its link still works", "expires_at = now() + interval '1 hour'"],
    ["it was mailed again since", "updated_at = now()"],
    ["a mail is to leave", "next_attempt_at = now()"],
    ["a server is at work on it", "leased_until = now() + interval '9 s'"],
  ])("are kept if %s", async (_, change) => {
    const claim = await aged("confirmed", 400)
    await changeClaim(db, claim, change)
    expect(await prune()).toEqual({ deleted: 0, reduced: 0 })
  })

  it.each(BLOCKS)("are reduced to the block if %s, once", async (status) => {
    const { id, customer_id, order_ids } = await aged(status, 400)
    await db.query(
      `UPDATE order_claim SET last_error = 'no greta', locale = 'de',
         deliveries = '[{ "response": "250" }]',
         moved_orders = '[{ "id": "o", "customer_id": "c", "email": "A@b" }]'
       WHERE id = $1`,
      [id]
    )
    await aged(status, 300)

    expect(await prune()).toEqual({ deleted: 0, reduced: 1 })
    expect(await storedClaim(db, id)).toMatchObject({
      ...{ id, status, customer_id, order_ids, email: "erased" },
      ...{ last_error: null, locale: null, deliveries: [] },
      moved_orders: [{ id: "o", customer_id: "c" }],
    })
    expect(await storedNotifications(db)).toHaveLength(1)
    expect(await prune()).toEqual({ deleted: 0, reduced: 0 })
  })

  it.each(BLOCKS)(
    "are reduced if %s, after an erasure, too",
    async (status) => {
      const { id, email } = await aged(status, 400)
      await db.query(
        `UPDATE order_claim SET locale = 'de', deliveries = '[{ "response": "250" }]'
       WHERE id = $1`,
        [id]
      )
      await eraseAddress(db.pool, email)
      await changeClaim(db, { id }, "updated_at = created_at")

      expect(await prune()).toEqual({ deleted: 0, reduced: 1 })
      expect(await storedClaim(db, id)).toMatchObject({
        ...{ status, email: "erased", locale: null, deliveries: [] },
      })
      expect(await storedNotifications(db)).toEqual([])
      expect(await prune()).toEqual({ deleted: 0, reduced: 0 })
    }
  )

  it("go on to block what was declined", async () => {
    const claim = await aged("pending", 400)
    await db.pool.transaction((tx) => declineClaim(tx, link(claim)))
    await changeClaim(db, claim, "updated_at = created_at")
    expect(await prune()).toEqual({ deleted: 0, reduced: 1 })

    const { customer_id, email, order_ids } = claim
    const [again] = await db.pool.transaction((tx) =>
      openClaims(tx, [requestFor(customer_id, email, order_ids)], RULES)
    )
    expect(again?.claim.last_error).toMatch(/1 declined by its recipient/)
  })

  it("are deleted with the copies of their notifications, and no others", async () => {
    const { id } = await aged("sent", 400)
    await db.query(
      `INSERT INTO notification (id, resource_id, resource_type, event_name,
         "to", data, provider_id, parent_id)
       SELECT id || '-resent', resource_id, resource_type, event_name, 'b@x.example',
         data, provider_id, id FROM notification`
    )
    const foreign = await addOrder(db, "a@example.com")
    await db.query(
      `INSERT INTO notification_provider (id) VALUES ('other') ON CONFLICT DO NOTHING`
    )
    await db.query(
      `INSERT INTO notification (id, resource_id, resource_type, event_name,
         "to", data, provider_id)
       VALUES ('another', $1, 'order', 'order.placed', 'a@x', $2, 'other')`,
      [foreign, JSON.stringify({ order_claim_id: id })]
    )
    await prune()
    expect((await storedNotifications(db)).map((row) => row.id)).toEqual([
      "another",
    ])
  })

  it("go in batches, the oldest of a status first", async () => {
    const oldest = await aged("sent", 800)
    await db.query(
      `INSERT INTO order_claim (id, customer_id, email, order_ids, status,
         token_issued_at, expires_at, created_at, updated_at)
       SELECT $1 || lpad(n::text, 16, '0'), 'cus_1', 'a@example.com', '{}', 'sent',
         $2, $2, $2, $2 FROM generate_series(1, 300) AS n`,
      [
        leastClaimId(new Date(Date.now() - 400 * DAY)),
        new Date(Date.now() - 400 * DAY),
      ]
    )
    expect(await prune()).toEqual({ deleted: 200, reduced: 0 })
    expect(await ids()).not.toContain(oldest.id)
    expect(await prune()).toEqual({ deleted: 101, reduced: 0 })
    expect(await ids()).toEqual([])
  })

  it("go one at a time if they are of thousands of orders", async () => {
    for (let n = 0; n < 2; n++) {
      const claim = await aged("sent", 400)
      await changeClaim(
        db,
        claim,
        "order_ids = ARRAY(SELECT 'o' || n FROM generate_series(1, 2000) AS n)"
      )
    }
    expect((await prune()).deleted).toBe(1)
    expect((await prune()).deleted).toBe(1)
  })

  it("are left to another server that has locked them", async () => {
    const locked = await aged("sent", 400)
    await aged("sent", 400)
    const other = await connect(db.url)
    await other.query("BEGIN")
    await other.query("SELECT id FROM order_claim WHERE id = $1 FOR UPDATE", [
      locked.id,
    ])
    expect(await prune()).toEqual({ deleted: 1, reduced: 0 })
    await other.query("COMMIT")
    await other.close()
    expect(await ids()).toEqual([locked.id])
  })

  describe("with the worker", () => {
    let log: string[]
    let pruners: Pruner[]
    beforeEach(() => {
      log = []
      pruners = []
    })
    afterEach(() => Promise.all(pruners.map((pruner) => pruner.stop())))

    const start = (retentionMs: number | false, pool: Database = db.pool) => {
      const note = (line: string) => void log.push(line)
      const logger = { info: note, warn: note, error: note }
      const pauses = { betweenBatches: 5, whenDone: 20 }
      const pruner = new Pruner({ db: pool, retentionMs, logger }, pauses)
      pruners.push(pruner)
      pruner.start()
      return pruner
    }
    const isGone = () => until(async () => !(await ids()).length)

    it("disappear, whatever the number of servers, and the log says so", async () => {
      for (let n = 0; n < 6; n++) await aged("failed", 400)
      start(YEAR)
      start(YEAR)
      await isGone()
      const deleted = () =>
        log.map((line) => Number(/(\d+) claims? deleted/.exec(line)?.[1]))
      await until(() =>
        Promise.resolve(deleted().reduce((sum, n) => sum + n, 0) === 6)
      )
      await aged("failed", 400)
      await isGone()
    })

    it("stay if the shop keeps them", async () => {
      await aged("failed", 4000)
      const watched = {
        query: () => Promise.reject(new Error("asked")),
        transaction: () => Promise.reject(new Error("asked")),
      }
      await start(false, watched).stop()
      expect(log).toEqual([])
      expect(await ids()).toHaveLength(1)
    })

    it("wait for a database that fails, and disappear afterwards", async () => {
      await aged("failed", 400)
      let isAway = true
      start(YEAR, {
        query: (sql, parameters) => db.pool.query(sql, parameters),
        transaction: (work) =>
          isAway
            ? Promise.reject(new Error("away"))
            : db.pool.transaction(work),
      })
      await until(() => Promise.resolve(log.length > 0))
      expect(log[0]).toMatch(/old claims cannot be deleted: .*away/)
      isAway = false
      await isGone()
      await until(() => Promise.resolve(log.length > 2))
      expect(log[1]).toMatch(/old claims are deleted again after/)
      expect(log[2]).toBe(
        "order-claim: retention: 1 claim deleted, 0 blocks stripped"
      )
    })
  })
})

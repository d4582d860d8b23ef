import {
  fillClaims,
  ManyClaims,
} from "../../../integration-tests/stock-store/many-claims"
import { CLAIM_STATUSES } from "../../claims/claim"
import type { ClaimSearch } from "../../claims/claim-search"
import type { TimeRange } from "../../values/time-range"
import { BLOCKS } from "../../claims/erasure"
import { loadClaimFacts } from "../claim-facts"
import { ClaimFilter, listClaims, MAX_COUNT, Pagination } from "../claim-list"
import { MAX_FOUND } from "../claim-search"
import {
  findRequested,
  findWait,
  findWaitingRequest,
} from "../requested-claims"
import { DELETED, lockOld } from "../retention"
import { loadTally, tallyCustomers } from "../tally"
import { explained, Work } from "./explain"
import { connect, openDatabase, TestDatabase } from "./test-database"

const CLAIMS = 50_000
const LIMIT = 20
const ALL = [...CLAIM_STATUSES]
const HOUR = { count: 3, windowMs: 3_600_000 }
const DAY = { count: 6, windowMs: 86_400_000 }

/** More than the claims of the busiest order: those alone may be sorted. */
const MOST_SORTED = 100

/** The most that a page may read: its ids in each status, and its claims. */
const PAGE = LIMIT * (ALL.length + 1)

// The planner has to find the indexes by itself: none of its settings are touched.
describe("of 50,000 claims", () => {
  let db: TestDatabase
  let many: ManyClaims
  let orderNumber: number
  let middleDay: TimeRange
  beforeAll(async () => {
    db = await openDatabase()
    many = await fillClaims(db.url, CLAIMS)
    const [order] = await db.query<{ display_id: number }>(
      'SELECT display_id FROM "order" WHERE id = $1',
      [many.orderIds[0]]
    )
    orderNumber = order!.display_id
    const [middle] = await db.query<{ created_at: Date }>(
      "SELECT created_at FROM order_claim WHERE id = $1",
      [many.middle]
    )
    const until = middle!.created_at
    middleDay = { from: new Date(until.getTime() - DAY.windowMs), until }
    await db.query("ANALYZE")
  })
  afterAll(() => db.close())

  const list = async (filter: ClaimFilter, page: Partial<Pagination> = {}) => {
    const whole = { limit: LIMIT, offset: 0, ...page }
    const works = await explained(db, (tx) => listClaims(tx, filter, whole))
    expect(works).toHaveLength(filter.search ? 3 : 2)
    const [ofCount, ofPage] = works.slice(-2) as [Work, Work]
    return { ofCount, ofPage }
  }
  const address = (prefix: string): ClaimSearch => ({ type: "address", prefix })

  const lists: [string, () => ClaimFilter][] = [
    ["everything", () => ({})],
    ["a rare status", () => ({ statuses: ["failed"] })],
    ["a frequent status", () => ({ statuses: ["sent"] })],
    ["two statuses", () => ({ statuses: ["failed", "confirmed"] })],
    ["all statuses", () => ({ statuses: ALL })],
    ["a customer", () => ({ customerId: many.busyCustomer })],
    ["an unknown customer", () => ({ customerId: "cus_unknown" })],
    [
      "a customer's of a rare status",
      () => ({ customerId: many.busyCustomer, statuses: ["failed"] }),
    ],
    [
      "a customer's of two statuses",
      () => ({ customerId: many.busyCustomer, statuses: ["sent", "canceled"] }),
    ],
    ["an order", () => ({ orderId: many.busyOrder })],
    ["an order with one claim", () => ({ orderId: many.orderIds[0] })],
    ["an unknown order", () => ({ orderId: "order_unknown" })],
    [
      "an order and a status",
      () => ({ orderId: many.busyOrder, statuses: ["failed"] }),
    ],
    ["an address", () => ({ search: address("guest-1234@example.com") })],
    [
      "the beginning of few addresses",
      () => ({ search: address("GUEST-1234") }),
    ],
    [
      "the beginning of few addresses, in a status",
      () => ({ search: address("guest-1234"), statuses: ["sent"] }),
    ],
    ["an unknown address", () => ({ search: address("nobody") })],
    [
      "an order's number",
      () => ({ search: { type: "number", display_id: orderNumber } }),
    ],
    [
      "an unknown order's number",
      () => ({ search: { type: "number", display_id: 2 ** 31 - 1 } }),
    ],
    ["a time", () => ({ createdAt: middleDay })],
    [
      "a time, in two statuses",
      () => ({ createdAt: middleDay, statuses: ["sent", "failed"] }),
    ],
    [
      "a time, of a customer",
      () => ({ createdAt: middleDay, customerId: many.busyCustomer }),
    ],
    [
      "an order and a customer",
      () => ({ orderId: many.busyOrder, customerId: many.busyCustomer }),
    ],
  ]

  it.each(lists)("a page of %s reads little more than it", async (_, of) => {
    const { ofPage } = await list(of())
    expect(ofPage.scans).not.toContain("Seq Scan")
    expect(ofPage.read).toBeLessThanOrEqual(PAGE)
    expect(ofPage.sorted).toBeLessThanOrEqual(MOST_SORTED)
  })

  it.each(lists)("a page of %s deep inside is as cheap", async (_, of) => {
    const { ofPage } = await list(of(), { before: many.middle })
    expect(ofPage.scans).not.toContain("Seq Scan")
    expect(ofPage.read).toBeLessThanOrEqual(PAGE)
    expect(ofPage.sorted).toBeLessThanOrEqual(MOST_SORTED)
  })

  it("a search for most addresses reads the newest claims alone", async () => {
    const search = address("guest-1")
    const works = await explained(db, (tx) =>
      listClaims(tx, { search }, { limit: LIMIT, offset: 0 })
    )
    // It looks how many there are, and then needs no count.
    expect(works).toHaveLength(2)
    const [asked, ofPage] = works as [Work, Work]
    for (const work of works) expect(work.scans).not.toContain("Seq Scan")
    expect(asked.read).toBeLessThanOrEqual(MAX_FOUND + 1)
    expect(ofPage.read).toBeLessThanOrEqual(PAGE)
  })

  it("a check of many claims reads no other claims", async () => {
    const claims = many.orderIds.map((id, n) => ({
      customer_id: n % 10 ? `cus_${n}` : many.declinedCustomer,
      email: `guest-${n}@example.com`,
      order_ids: [id],
    }))
    const works = await explained(db, async (tx) => {
      await loadClaimFacts(tx, claims)
      const limits = [HOUR, DAY]
      await loadTally(tx, claims, { perRecipient: limits, perCustomer: limits })
    })
    for (const { scans, read } of works) {
      expect(scans).not.toContain("Seq Scan")
      expect(read).toBeLessThanOrEqual(claims.length)
    }
  })

  it("the limits count what lies within their longest window, and read no more", async () => {
    const claimant = many.busyCustomer
    const [within] = await db.query<{ day: number; all: number }>(
      `SELECT count(*) FILTER (WHERE created_at > now() - interval '1 day')::int
         AS day, count(*)::int AS all
       FROM order_claim WHERE customer_id = $1`,
      [claimant]
    )
    expect(within!.all).toBeGreaterThan(3 * within!.day)
    const works = await explained(db, (tx) =>
      tallyCustomers(tx, [claimant], [DAY, HOUR])
    )
    expect(works).toHaveLength(1)
    expect(works[0]!.scans).not.toContain("Seq Scan")
    expect(works[0]!.read).toBeLessThanOrEqual(2 * within!.day)
  })

  describe("and of 12,000 that two customers have asked for without ids", () => {
    const customer_id = "cus_asking"
    const request = {
      customer_id,
      email: "asked@example.com",
      origin: "address",
      display_id: 2 ** 31 - 1,
      sales_channel_ids: null,
      own_address: false,
    } as const
    beforeAll(async () => {
      // One a minute; those of the other customer wait, and the newest of the first.
      await db.query(
        `INSERT INTO order_claim (id, customer_id, email, order_ids, status, origin,
           display_id, token_issued_at, expires_at, created_at)
         SELECT 'oclaim_' || who || lpad(n::text, 6, '0'), who, $1, '{}',
           CASE WHEN who <> $2 OR n > 5900 THEN 'requested' ELSE 'ineligible' END,
           'address', n, at, at + interval '1 day', at
         FROM unnest(ARRAY[$2, 'cus_other']) AS who, generate_series(1, 6000) AS n,
           LATERAL (SELECT now() - (6000 - n) * interval '1 minute') AS time (at)`,
        [request.email, customer_id]
      )
      await db.query("ANALYZE order_claim")
    })

    it("the bound on requests reads no more of them than it allows", async () => {
      const works = await explained(db, (tx) =>
        findWait(tx, customer_id, [HOUR, { ...DAY, count: 200 }])
      )
      expect(works).toHaveLength(1)
      expect(works[0]!.scans).not.toContain("Seq Scan")
      // The plan has the mean of both limits, rounded.
      expect(works[0]!.read).toBeLessThanOrEqual(HOUR.count + 200 + 1)
    })

    it("the claim that waits is found among those of a link's lifetime", async () => {
      const works = await explained(db, (tx) =>
        findWaitingRequest(tx, request, HOUR.windowMs)
      )
      expect(works).toHaveLength(1)
      expect(works[0]!.scans).not.toContain("Seq Scan")
      expect(works[0]!.read).toBeLessThanOrEqual(60)
    })

    it("a look for what is to be looked up reads it alone", async () => {
      const works = await explained(db, (tx) => findRequested(tx, 100))
      expect(works[0]!.scans).not.toContain("Seq Scan")
      // Each twice: in the index and in the table.
      expect(works[0]!.read).toBeLessThanOrEqual(2 * 6100)
    })
  })

  it("a frequent status is found where its claims are all old", async () => {
    await db.query(
      `UPDATE order_claim SET status = 'confirmed'
       WHERE status = 'sent' AND id > $1`,
      [many.middle]
    )
    await db.query("ANALYZE order_claim")
    const { ofPage } = await list({ statuses: ["sent"] })
    expect(ofPage.read).toBeLessThanOrEqual(PAGE)
  })

  describe("with a table that is vacuumed, as usual", () => {
    beforeAll(async () => {
      const outside = await connect(db.url)
      await outside.query("VACUUM ANALYZE order_claim")
      await outside.close()
    })

    it("a check of one claim reads what was declined of its orders", async () => {
      const check = (customer_id: string, order_ids: string[]) =>
        explained(db, (tx) => loadClaimFacts(tx, [{ customer_id, order_ids }]))
      const { busyCustomer, declinedCustomer, orderIds, declinedOrderIds } =
        many
      const asked: [string, string[]][] = [
        [busyCustomer, orderIds.slice(0, 1)],
        [declinedCustomer, orderIds.slice(0, 1)],
        [declinedCustomer, declinedOrderIds.slice(0, 1)],
      ]
      for (const [customer, orders] of asked) {
        for (const work of await check(customer, orders)) {
          expect(work.scans).not.toContain("Seq Scan")
          // All that was declined to this customer, in an index. It was 5,000 orders.
          expect(work.read).toBeLessThanOrEqual(CLAIMS / 500)
        }
      }
    })

    it.each(lists)("the count of %s ends at its bound", async (_, of) => {
      const { ofCount, ofPage } = await list(of())
      for (const work of [ofCount, ofPage]) {
        expect(work.scans).not.toContain("Seq Scan")
        expect(work.sorted).toBeLessThanOrEqual(MOST_SORTED)
      }
      expect(ofCount.read).toBeLessThanOrEqual(MAX_COUNT + ALL.length)
    })

    it("an offset reads no more than it skips", async () => {
      for (const [, of] of lists) {
        const { ofPage } = await list(of(), { offset: 10_000 })
        expect(ofPage.scans).not.toContain("Seq Scan")
        expect(ofPage.read).toBeLessThanOrEqual(10_000 + PAGE)
      }
    })
  })

  it("an order is found where none is asked for twice", async () => {
    const { busyOrder, orderIds } = many
    // Without a frequent one, the planner believes that all are.
    await db.query("DELETE FROM order_claim WHERE order_ids @> $1", [
      [busyOrder],
    ])
    await db.query("ANALYZE order_claim")
    const { ofPage } = await list({ orderId: orderIds[0] })
    expect(ofPage.read).toBeLessThanOrEqual(PAGE)
  })

  it.each([...DELETED, ...BLOCKS])(
    "a look for old claims that are %s reads little more than a batch",
    async (status) => {
      const DAY_MS = DAY.windowMs
      for (const retentionMs of [DAY_MS, 10 * DAY_MS, 365 * DAY_MS]) {
        const [work] = await explained(db, (tx) =>
          lockOld(tx, status, retentionMs, LIMIT)
        )
        expect(work!.scans).not.toContain("Seq Scan")
        expect(work!.read).toBeLessThanOrEqual(2 * LIMIT)
      }
    }
  )

  it.each(BLOCKS)(
    "a look for old claims that are %s reads none that is reduced",
    async (status) => {
      await db.query(
        "UPDATE order_claim SET reduced_at = now() WHERE status = $1",
        [status]
      )
      await db.query("ANALYZE order_claim")
      const [work] = await explained(db, (tx) =>
        lockOld(tx, status, DAY.windowMs, LIMIT)
      )
      expect(work!.scans).not.toContain("Seq Scan")
      expect(work!.read).toBe(0)
    }
  )

  describe("of which some have failed notices", () => {
    const failedNotices = true
    const ofFailed: typeof lists = [
      ["all of them", () => ({ failedNotices })],
      [
        "those in two statuses",
        () => ({ failedNotices, statuses: ["confirmed", "reverted"] }),
      ],
      ["those of a time", () => ({ failedNotices, createdAt: middleDay })],
      [
        "those of an order",
        () => ({ failedNotices, orderId: many.orderIds[0] }),
      ],
    ]
    beforeAll(async () => {
      const outside = await connect(db.url)
      const failed = await outside.query<{ id: string }>(
        `UPDATE order_claim SET failed_at = now(), failed_notices = '{claimant}'
         WHERE status = 'confirmed' AND id LIKE '%7' RETURNING id`
      )
      expect(failed.length).toBeGreaterThan(2 * PAGE)
      await outside.query("VACUUM ANALYZE order_claim")
      await outside.close()
    })

    it.each(ofFailed)(
      "a list of %s reads little more than it",
      async (_, of) => {
        for (const before of [undefined, many.middle]) {
          const { ofCount, ofPage } = await list(of(), { before })
          for (const work of [ofCount, ofPage]) {
            expect(work.scans).not.toContain("Seq Scan")
            expect(work.sorted).toBeLessThanOrEqual(MOST_SORTED)
          }
          expect(ofPage.read).toBeLessThanOrEqual(PAGE)
          expect(ofCount.read).toBeLessThanOrEqual(MAX_COUNT)
        }
      }
    )
  })
})

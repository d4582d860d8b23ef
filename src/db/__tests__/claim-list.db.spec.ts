import fc from "fast-check"
import { claimantStatus } from "../../claims/claimant-status"
import {
  ClaimFilter,
  listClaims,
  MAX_COUNT,
  Pagination,
  findListedClaim,
} from "../claim-list"
import { MAX_FOUND } from "../claim-search"
import type { ClaimRow } from "../claims"
import {
  anyFilter,
  anyPage,
  idOf,
  Listable,
  listPlainly,
  ORDER_NUMBERS,
  someClaims,
  storeClaims,
  timeOf,
} from "./claim-reference"
import {
  addCustomer,
  changeClaim,
  openClaim,
  openDatabase,
  RULES,
  TestDatabase,
} from "./test-database"

describe("the list of claims", () => {
  let db: TestDatabase
  const claims: ClaimRow[] = []
  beforeAll(async () => {
    db = await openDatabase()
    for (let n = 0; n < 6; n++) {
      const claimant = claims[0]?.customer_id
      claims.push(await openClaim(db, n < 3 ? { claimant } : { orderCount: 2 }))
    }
    await changeClaim(db, claims[1]!, "status = 'sent'")
    await changeClaim(db, claims[2]!, "status = 'declined'")
    await changeClaim(db, claims[4]!, "status = 'sent'")
  })
  afterAll(() => db.close())

  const list = async (
    filter: ClaimFilter = {},
    page: Partial<Pagination> = {}
  ) => {
    const all = { limit: 20, offset: 0, ...page }
    const found = await listClaims(db, filter, all)
    const places = found.claims.map(({ id }) =>
      claims.findIndex((claim) => claim.id === id)
    )
    return { ...found, places }
  }

  it("begins with the newest", async () => {
    expect(await list()).toMatchObject({ places: [5, 4, 3, 2, 1, 0], count: 6 })
  })

  it("comes in pages, with the number in all", async () => {
    expect(await list({}, { limit: 2, offset: 3 })).toMatchObject({
      places: [2, 1],
      count: 6,
    })
    expect(await list({}, { offset: 6 })).toMatchObject({
      places: [],
      count: 6,
    })
    expect(await list({}, { limit: 0 })).toMatchObject({ places: [], count: 6 })
  })

  it("goes on behind a claim, and still counts all", async () => {
    const { id } = claims[3]!
    expect(await list({}, { before: id })).toMatchObject({
      places: [2, 1, 0],
      count: 6,
    })
    expect(await list({}, { before: id, limit: 1, offset: 1 })).toMatchObject({
      places: [1],
    })
    expect((await list({}, { before: claims[0]!.id })).places).toEqual([])
  })

  it("can be narrowed to one claimant's, one order's, or some statuses", async () => {
    const customerId = claims[0]!.customer_id
    expect((await list({ customerId })).places).toEqual([2, 1, 0])
    const orderId = claims[3]!.order_ids[1]!
    expect((await list({ orderId })).places).toEqual([3])
    expect((await list({ statuses: ["sent", "declined"] })).places).toEqual([
      4, 2, 1,
    ])
    expect(await list({ customerId, statuses: ["sent"] })).toMatchObject({
      places: [1],
      count: 1,
    })
    expect(await list({ customerId: "cus_unknown" })).toMatchObject({
      places: [],
      count: 0,
    })
    expect((await list({ statuses: [] })).places).toEqual([])
  })

  it("has the same claim that can be found alone", async () => {
    for (const claim of (await list()).claims) {
      expect(await findListedClaim(db, claim.id)).toEqual(claim)
    }
    expect(await findListedClaim(db, "oclaim_unknown")).toBeUndefined()
  })

  it("treats every filter as a value, not as SQL", async () => {
    const orderId = "x' OR '1'='1"
    expect((await list({ orderId })).places).toEqual([])
    expect((await list({ customerId: orderId })).places).toEqual([])
  })

  it("shows nothing from which a token could be derived", async () => {
    const [claim] = (await list()).claims
    expect(Object.keys(claim!)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/token|hash|generation/)])
    )
    expect(claimantStatus(claim!, RULES.linkTtlMs, new Date())).toBe("waiting")
  })
})

describe("any list of claims", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
    const owner = await addCustomer(db)
    for (const [id, number] of Object.entries(ORDER_NUMBERS)) {
      await db.query(
        `INSERT INTO "order" (
           id, display_id, customer_id, email, region_id, currency_code
         )
         SELECT $1, $2, $3, 'guest@example.com', id, 'eur' FROM region LIMIT 1`,
        [id, number, owner]
      )
    }
  })
  afterEach(() => db.query("DELETE FROM order_claim"))
  afterAll(() => db.close())

  const idsOf = async (filter: ClaimFilter, page: Pagination) => {
    const { claims, count } = await listClaims(db, filter, page)
    return { ids: claims.map(({ id }) => id), count }
  }

  it("is what its filter and its page say", () =>
    fc.assert(
      fc.asyncProperty(
        someClaims,
        fc.array(fc.tuple(anyFilter, anyPage), { minLength: 10 }),
        async (claims, questions) => {
          await db.query("DELETE FROM order_claim")
          await storeClaims(db, claims)
          for (const [filter, page] of questions) {
            const expected = listPlainly(claims, filter, page)
            expect(await idsOf(filter, page)).toEqual(expected)
          }
        }
      ),
      { numRuns: 30 }
    ))

  const claimAt = (n: number): Listable => ({
    id: idOf(n),
    customer_id: `cus_${n % 3}`,
    order_ids: [`order_${n % 5}`, "order_all"],
    status: n % 2 ? "sent" : "pending",
    email: `guest-${n}@example.com`,
    display_id: null,
    created_at: timeOf(n),
    failed_notices: n % 3 ? ["claimant"] : [],
  })

  it.each<[string, ClaimFilter]>([
    ["all claims", {}],
    ["two statuses", { statuses: ["sent", "pending"] }],
    ["a customer", { customerId: "cus_1" }],
    ["an order", { orderId: "order_all" }],
    ["an address", { search: { type: "address", prefix: "GUEST-1" } }],
    ["failed notices", { failedNotices: true }],
    ["a time", { createdAt: { from: timeOf(3), until: timeOf(40) } }],
  ])(
    "has no gap and no repeat from page to page while claims are opened: %s",
    async (_, filter) => {
      const first = Array.from({ length: 50 }, (_, n) => claimAt(n))
      await storeClaims(db, first)
      const { ids: expected } = listPlainly(first, filter, {
        limit: first.length,
        offset: 0,
      })

      const read: string[] = []
      for (let next = first.length; ; next++) {
        const before = read[read.length - 1]
        const { ids } = await idsOf(filter, { limit: 7, offset: 0, before })
        if (!ids.length) break
        read.push(...ids)
        await storeClaims(db, [claimAt(next)])
      }
      expect(read).toEqual(expected)
    }
  )

  it("is counted up to ten thousand, or up to a thousand for a search", async () => {
    const most = Array.from({ length: MAX_COUNT }, (_, n) => claimAt(n))
    await storeClaims(db, most)
    const filters: ClaimFilter[] = [
      {},
      { orderId: "order_all" },
      { statuses: ["sent", "pending"] },
      { createdAt: { from: timeOf(0) } },
    ]
    const search = { type: "address", prefix: "guest" } as const
    const searches: ClaimFilter[] = [
      { search },
      { search, statuses: ["sent"] },
      { search, orderId: "order_all" },
    ]
    for (const more of [[], [claimAt(MAX_COUNT), claimAt(MAX_COUNT + 1)]]) {
      await storeClaims(db, more)
      for (const filter of filters) {
        const { count } = await idsOf(filter, { limit: 1, offset: 0 })
        expect(count).toBe(MAX_COUNT)
      }
      for (const filter of searches) {
        const { count } = await idsOf(filter, { limit: 1, offset: 0 })
        expect(count).toBe(MAX_FOUND)
      }
    }
  })
})

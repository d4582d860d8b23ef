import { claimantStatus } from "../../claims/claimant-status"
import {
  ClaimFilter,
  listClaims,
  Pagination,
  findListedClaim,
} from "../claim-list"
import type { ClaimRow } from "../claims"
import {
  changeClaim,
  openClaim,
  openDatabase,
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
    expect(claimantStatus(claim!, new Date())).toBe("waiting")
  })
})

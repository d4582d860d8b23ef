import { CLAIM_STATUSES } from "../../claims/claim"
import { countClaims } from "../claim-counts"
import { MAX_COUNT } from "../claim-list"
import { idOf, storeClaims, timeOf } from "./claim-reference"
import { openDatabase, TestDatabase } from "./test-database"

describe("the counts of a shop's claims", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterEach(() => db.query("DELETE FROM order_claim"))
  afterAll(() => db.close())

  const store = (statuses: (typeof CLAIM_STATUSES)[number][]) =>
    storeClaims(
      db,
      statuses.map((status, n) => ({
        id: idOf(n),
        customer_id: "cus_a",
        order_ids: ["order_a"],
        status,
        email: "greta@example.com",
        display_id: null,
        created_at: timeOf(n),
      }))
    )
  const none = Object.fromEntries(
    [...CLAIM_STATUSES, "failed_notices"].map((name) => [name, 0])
  )

  it("have every status, also those that no claim has", async () => {
    expect(await countClaims(db)).toEqual(none)
    await store(["failed", "sent", "failed", "requested"])
    expect(await countClaims(db)).toEqual({
      ...none,
      failed: 2,
      sent: 1,
      requested: 1,
    })
  })

  it("have the mails about a confirmation that were given up", async () => {
    await store(["confirmed", "confirmed", "reverted"])
    await db.query(
      `UPDATE order_claim SET failed_notices = '{claimant}', failed_at = now()
       WHERE id <> $1`,
      [idOf(0)]
    )
    expect(await countClaims(db)).toEqual({
      ...none,
      confirmed: 2,
      reverted: 1,
      failed_notices: 2,
    })
  })

  it("end at ten thousand, each for itself", async () => {
    await store([
      ...Array.from({ length: MAX_COUNT + 1 }, () => "sent" as const),
      "failed",
    ])
    expect(await countClaims(db)).toEqual({
      ...none,
      sent: MAX_COUNT,
      failed: 1,
    })
  })
})

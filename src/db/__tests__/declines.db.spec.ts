import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import { AskedOrders, loadDeclines } from "../declines"
import { Listable, someClaims, storeClaims } from "./claim-reference"
import { openDatabase, TestDatabase } from "./test-database"

describe("the declines", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())

  const areDeclined = async (asked: AskedOrders[]) => {
    const declines = await loadDeclines(db, asked)
    return asked.map(({ customer_id, order_ids }) =>
      order_ids.map((id) => declines.get(customer_id)?.has(id) ?? false)
    )
  }

  const areDeclinedPlainly = (asked: AskedOrders[], claims: Listable[]) =>
    asked.map(({ customer_id, order_ids }) =>
      order_ids.map((id) =>
        claims.some(
          (claim) =>
            ["declined", "reverted"].includes(claim.status) &&
            claim.customer_id === customer_id &&
            claim.order_ids.includes(id)
        )
      )
    )

  it("of some orders are those of the claimants who ask for them", () =>
    fc.assert(
      fc.asyncProperty(someClaims, someClaims, async (claims, asked) => {
        const stored = claims.map((claim, n) =>
          n % 2 ? claim : { ...claim, status: "declined" as const }
        )
        await db.query("DELETE FROM order_claim")
        await storeClaims(db, stored)
        expect(await areDeclined(asked)).toEqual(
          areDeclinedPlainly(asked, stored)
        )
      }),
      { numRuns: campaign(20, 100) }
    ))

  it("are none without claims", async () => {
    expect(await loadDeclines(db, [])).toEqual(new Map())
  })
})

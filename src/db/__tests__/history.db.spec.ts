import type { HistoryEntry } from "../../claims/claim"
import type { ClaimRow } from "../claims"
import { findListedClaim } from "../claim-list"
import { recordReversion, resolveClaim } from "../resolve-claim"
import { openClaim, openDatabase, TestDatabase } from "./test-database"

describe("the history of a claim", () => {
  let db: TestDatabase
  let claim: ClaimRow
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    claim = await openClaim(db)
  })

  const history = async (): Promise<HistoryEntry[]> =>
    (await findListedClaim(db, claim.id))!.history
  const steps = async () =>
    (await history()).map(({ action, by }) => `${action} by ${by}`)
  const cancel = (userId?: string) =>
    resolveClaim(db, claim.id, { status: "canceled", by: "admin", userId })

  it("is empty at first", async () => {
    expect(await history()).toEqual([])
  })

  it("keeps a decline that was lifted, and who has lifted it", async () => {
    await resolveClaim(db, claim.id, { status: "declined", by: "recipient" })
    await cancel("usr_ann")
    const [declined, lifted] = await history()
    expect(declined).toEqual({
      action: "decline",
      by: "recipient",
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/) as string,
    })
    expect(lifted).toMatchObject({
      action: "lift",
      by: "admin",
      user_id: "usr_ann",
    })
    const { resolved_at } = (await findListedClaim(db, claim.id))!
    expect(lifted!.at).toBe(resolved_at!.toISOString())
  })

  it("keeps a confirm that was taken back, and the lift of that block", async () => {
    await resolveClaim(db, claim.id, { status: "confirmed", by: "recipient" })
    await recordReversion(db, claim.id, {
      by: "admin",
      userId: "usr_ann",
      orderIds: [],
      toNotify: [],
    })
    await cancel()
    expect(await steps()).toEqual([
      "confirm by recipient",
      "revert by admin",
      "lift by admin",
    ])
    expect((await history())[1]!.user_id).toBe("usr_ann")
    expect(Object.keys((await history())[2]!)).not.toContain("user_id")
  })

  it("keeps a cancel before a decline", async () => {
    await resolveClaim(db, claim.id, { status: "canceled", by: "claimant" })
    await resolveClaim(db, claim.id, { status: "declined", by: "recipient" })
    expect(await steps()).toEqual([
      "cancel by claimant",
      "decline by recipient",
    ])
  })
})

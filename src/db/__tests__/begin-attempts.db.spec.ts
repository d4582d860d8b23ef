import { beginAttempts } from "../begin-attempts"
import type { ClaimRow } from "../claims"
import { leaseDueClaims } from "../lease-claims"
import {
  changeClaim,
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  storedClaims,
  TestDatabase,
} from "./test-database"

const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }

describe("attempts that begin", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim"))

  const begin = (claims: ClaimRow[]) => beginAttempts(db, TERMS.owner, claims)
  const leased = async (count: number) => {
    for (let i = 0; i < count; i += 1) await openClaim(db)
    return leaseDueClaims(db, count, TERMS)
  }

  it("are counted before their mails leave", async () => {
    const claims = await leased(3)
    expect((await begin(claims)).size).toBe(3)
    expect(await storedClaims(db)).toMatchObject(
      Array(3).fill({ attempts: 1, unrecorded_attempts: 1 })
    )
  })

  it("are counted apart, where they are about a confirmation or a revert", async () => {
    const counts = async () =>
      (await storedClaims(db)).map(({ attempts, notice_attempts }) => [
        attempts,
        notice_attempts,
      ])
    const [claim] = (await leased(1)) as [ClaimRow]
    await begin([claim])
    expect(await counts()).toEqual([[1, 0]])
    for (const status of ["confirmed", "reverted", "canceled"] as const) {
      const isReverted = status !== "confirmed"
      await changeClaim(
        db,
        claim,
        `status = '${status}', reverted_at = ${isReverted ? "now()" : "NULL"}`
      )
      await begin([{ ...claim, status }])
    }
    expect(await counts()).toEqual([[4, 3]])
  })

  it.each([
    ["changed", "status = 'canceled'"],
    ["has a newer link", "token_generation = 2"],
    ["is another server's", "leased_by = 'b'"],
  ])("are not those of a claim that %s", async (_, change) => {
    const [claim] = (await leased(1)) as [ClaimRow]
    await changeClaim(db, claim, change)
    expect((await begin([claim])).size).toBe(0)
    expect((await storedClaim(db, claim.id)).attempts).toBe(0)
  })

  it("are not those of a claim on which somebody is just deciding", async () => {
    const [one, other] = (await leased(2)) as [ClaimRow, ClaimRow]
    const decider = await connect(db.url)
    await decider.query("BEGIN")
    await decider.query("SELECT 1 FROM order_claim WHERE id = $1 FOR UPDATE", [
      one.id,
    ])
    expect([...(await begin([one, other]))]).toEqual([other.id])
    await decider.query("COMMIT")
    await decider.close()
  })

  it("come last, should the server die and the claims be due again", async () => {
    const claims = await leased(4)
    const [first] = claims as [ClaimRow]
    await begin([first])
    await db.query("UPDATE order_claim SET leased_until = now()")
    const again = await leaseDueClaims(db, 3, { ...TERMS, owner: "b" })
    expect(again.map(({ id }) => id)).not.toContain(first.id)
  })
})

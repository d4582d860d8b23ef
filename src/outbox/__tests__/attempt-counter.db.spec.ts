import type { ClaimRow } from "../../db/claims"
import { leaseDueClaims } from "../../db/lease-claims"
import { AttemptCounter } from "../attempt-counter"
import {
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  storedClaims,
  TestDatabase,
} from "../../db/__tests__/test-database"

jest.setTimeout(30_000)

const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }

describe("the counter of attempts", () => {
  let db: TestDatabase
  beforeEach(async () => {
    db = await openDatabase()
  })
  afterEach(() => db.close())

  const counter = () => new AttemptCounter(db.pool, TERMS.owner)
  const leased = async (count: number) => {
    for (let i = 0; i < count; i += 1) await openClaim(db)
    return leaseDueClaims(db, count, TERMS)
  }
  const leasedOne = async () => {
    const [claim] = await leased(1)
    return claim as ClaimRow
  }
  /** Makes the database refuse a change of claims for good. */
  const refuse = async (condition: string) => {
    await db.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
       AS 'BEGIN RAISE ''not with me''; END'`
    )
    await db.query(
      `CREATE TRIGGER refuse BEFORE UPDATE ON order_claim FOR EACH ROW
       WHEN (${condition}) EXECUTE FUNCTION refuse()`
    )
  }

  it("counts them before their mails leave", async () => {
    const claims = await leased(3)
    const made = counter()
    const begun = claims.map((claim) => made.begin(claim))
    expect(await Promise.all(begun)).toEqual([true, true, true])
    expect(await storedClaims(db)).toMatchObject(
      Array(3).fill({ attempts: 1, unrecorded_attempts: 1 })
    )
  })

  it("forbids the mail of a claim that changed, or that is another's", async () => {
    const [confirmed, renewed, lost] = (await leased(3)) as [
      ClaimRow,
      ClaimRow,
      ClaimRow,
    ]
    const set = (claim: ClaimRow, assignment: string) =>
      db.query(`UPDATE order_claim SET ${assignment} WHERE id = $1`, [claim.id])
    await set(confirmed, "status = 'canceled'")
    await set(renewed, "token_generation = 2")
    await set(lost, "leased_by = 'b'")
    const made = counter()
    for (const claim of [confirmed, renewed, lost]) {
      expect(await made.begin(claim)).toBe(false)
      expect((await storedClaim(db, claim.id)).attempts).toBe(0)
    }
  })

  it("forbids it while somebody else decides on the claim", async () => {
    const claim = await leasedOne()
    const decider = await connect(db.url)
    await decider.query("BEGIN")
    await decider.query("SELECT 1 FROM order_claim FOR UPDATE")
    expect(await counter().begin(claim)).toBe(false)
    await decider.query("COMMIT")
    await decider.close()
  })

  it("passes on the database's error", async () => {
    const claim = await leasedOne()
    await refuse("NEW.attempts > 0")
    await expect(counter().begin(claim)).rejects.toThrow("not with me")
  })

  it("counts the others if the database refuses one", async () => {
    const claims = (await leased(3)) as [ClaimRow, ClaimRow, ClaimRow]
    await refuse(`NEW.id = '${claims[1].id}'`)
    const made = counter()
    const begun = await Promise.allSettled(
      claims.map((claim) => made.begin(claim))
    )
    expect(begun.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "fulfilled",
    ])
  })
})

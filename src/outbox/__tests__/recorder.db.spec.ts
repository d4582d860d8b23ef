import type { ClaimRow } from "../../db/claims"
import { leaseDueClaims } from "../../db/lease-claims"
import type { Attempt } from "../../db/record-attempts"
import { Recorder } from "../recorder"
import {
  jamClaims,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaims,
  TestDatabase,
} from "../../db/__tests__/test-database"

const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }

const sent = (claim: ClaimRow): Attempt => ({
  claim,
  outcome: "sent",
  status: "sent",
  to_notify: [],
  delivery: {
    message: "claim-request",
    to: "recipient",
    at: new Date().toISOString(),
    outcome: "accepted",
    response: "ok",
  },
  lastError: null,
  retryInMs: null,
})

describe("the recorder", () => {
  let db: TestDatabase
  const recorded: string[] = []
  const errors: unknown[] = []
  beforeEach(async () => {
    db = await openDatabase()
    recorded.length = 0
    errors.length = 0
  })
  afterEach(() => db.close())

  const recorder = (pool = db.pool) =>
    new Recorder(
      pool,
      TERMS.owner,
      (attempts) => recorded.push(...attempts.map(({ claim }) => claim.id)),
      (error) => errors.push(error)
    )
  const leased = async (count: number) => {
    for (let i = 0; i < count; i += 1) await openClaim(db)
    return leaseDueClaims(db, count, TERMS)
  }
  const statuses = async () =>
    (await storedClaims(db)).map(({ status }) => status)

  it("has recorded everything once it is settled", async () => {
    const claims = await leased(20)
    const made = recorder()
    for (const claim of claims) made.add(sent(claim))
    await made.settled()
    expect(await statuses()).toEqual(Array(20).fill("sent"))
    expect(recorded.sort()).toEqual(claims.map(({ id }) => id).sort())
  })

  it("records in one batch the outcomes that gather while it writes", async () => {
    const claims = await leased(30)
    const made = recorder()
    for (const claim of claims) made.add(sent(claim))
    await made.settled()
    const [row] = await db.query<{ count: number }>(
      "SELECT count(DISTINCT xmin::text)::int FROM order_claim"
    )
    expect(row?.count).toBeLessThanOrEqual(2)
  })

  it("is settled while there is nothing to record, and accepts more later", async () => {
    const [one, two] = (await leased(2)) as [ClaimRow, ClaimRow]
    const made = recorder()
    await made.settled()
    made.add(sent(one))
    await made.settled()
    made.add(sent(two))
    await made.settled()
    expect(await statuses()).toEqual(["sent", "sent"])
  })

  it("tries again until the database answers: a sent mail is always recorded", async () => {
    const [claim] = (await leased(1)) as [ClaimRow]
    const jam = await jamClaims(db)
    const made = recorder(jam.pool)
    made.add(sent(claim))
    await jam.hasFailedSomeone()
    expect(recorded).toEqual([])
    await jam.end()
    await made.settled()
    expect(errors).toMatchObject([{ code: "55P03" }])
    expect(recorded).toEqual([claim.id])
    expect(await statuses()).toEqual(["sent"])
  })

  it("records the others of a batch if one cannot be stored", async () => {
    const claims = (await leased(3)) as [ClaimRow, ClaimRow, ClaimRow]
    const made = recorder()
    claims.forEach((claim, i) => {
      const attempt = sent(claim)
      const lastError = i === 1 ? "half of a \ud83d" : null
      made.add({ ...attempt, lastError })
    })
    await made.settled()
    expect((await statuses()).sort()).toEqual(["pending", "sent", "sent"])
    expect(errors).toMatchObject([{ code: "22P02" }])
    // It counts as done as well, so its lease is not renewed any more.
    expect(recorded).toHaveLength(3)
  })
})

import { ClaimRow } from "../claims"
import { resolveClaim } from "../resolve-claim"
import {
  endLeases,
  leaseDueClaims,
  LeaseTerms,
  renewLeases,
} from "../lease-claims"
import {
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  TestDatabase,
} from "./test-database"

const TTL = 15 * MINUTE
const LEASE = 15_000
const termsOf = (owner: string): LeaseTerms => ({
  owner,
  leaseMs: LEASE,
  linkTtlMs: TTL,
})

describe("the leases of the outbox", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim"))

  const lease = (owner: string, count = 10) =>
    leaseDueClaims(db, count, termsOf(owner))
  const set = (claim: ClaimRow, assignments: string) =>
    db.query(`UPDATE order_claim SET ${assignments} WHERE id = $1`, [claim.id])
  const ids = (claims: { id: string }[]) => claims.map(({ id }) => id).sort()

  it("take due claims, oldest first, and no more than asked for", async () => {
    const claims = [
      await openClaim(db),
      await openClaim(db),
      await openClaim(db),
    ]
    const [late, middle, early] = claims as [ClaimRow, ClaimRow, ClaimRow]
    await set(late, "next_attempt_at = now() - interval '1 second'")
    await set(middle, "next_attempt_at = now() - interval '2 seconds'")
    await set(early, "next_attempt_at = now() - interval '3 seconds'")

    expect(ids(await lease("a", 2))).toEqual(ids([middle, early]))
    expect(ids(await lease("a", 2))).toEqual([late.id])
    expect(await lease("a", 2)).toEqual([])
  })

  it("are no more than asked for, whatever plan PostgreSQL makes", async () => {
    for (let n = 0; n < 40; n++) await openClaim(db)
    // Only a nested loop is left, which may run a subquery for each row.
    const nested = await connect(db.url)
    for (const way of [
      "hashjoin",
      "mergejoin",
      "hashagg",
      "sort",
      "material",
    ]) {
      await nested.query(`SET enable_${way} = off`)
    }
    expect(await leaseDueClaims(nested, 1, termsOf("a"))).toHaveLength(1)
    expect(await leaseDueClaims(nested, 5, termsOf("a"))).toHaveLength(5)
    await nested.close()
  })

  it("name their owner, and end when they say", async () => {
    const { id } = await openClaim(db)
    await lease("server-1")
    const { leased_by, leased_until } = await storedClaim(db, id)
    expect(leased_by).toBe("server-1")
    expectAbout(leased_until, LEASE)
  })

  it.each([
    "status = 'sent', next_attempt_at = NULL",
    "next_attempt_at = now() + interval '1 second'",
    "next_attempt_at = NULL",
    "leased_by = 'b', leased_until = now() + interval '1 second'",
  ])("leave alone a claim with %s", async (assignments) => {
    await set(await openClaim(db), assignments)
    expect(await lease("a")).toEqual([])
  })

  it.each(["confirmed", "declined", "canceled"] as const)(
    "leave alone a claim that was %s, with nobody to notify",
    async (status) => {
      const { id } = await openClaim(db)
      await resolveClaim(db, id, { status, by: "recipient" })
      expect(await lease("a")).toEqual([])
    }
  )

  it("take a confirmed claim while a party is to be notified, with the token that confirmed", async () => {
    const claim = await openClaim(db)
    await set(claim, "expires_at = now() - interval '1 day'")
    await resolveClaim(db, claim.id, {
      status: "confirmed",
      by: "recipient",
      confirmedGeneration: 1,
      toNotify: ["recipient", "claimant"],
    })
    const before = await storedClaim(db, claim.id)
    expect(await lease("a")).toMatchObject([
      {
        id: claim.id,
        status: "confirmed",
        token_generation: 1,
        to_notify: ["recipient", "claimant"],
        retries_since: before.resolved_at,
      },
    ])
    const { token_issued_at, expires_at } = before
    expect(await storedClaim(db, claim.id)).toMatchObject({
      token_generation: 1,
      token_issued_at,
      expires_at,
    })
  })

  it("are taken over when they have ended: their owner was killed", async () => {
    const claim = await openClaim(db)
    await lease("killed")
    await set(claim, "leased_until = now() - interval '1 second'")
    expect(ids(await lease("alive"))).toEqual([claim.id])
    expect((await storedClaim(db, claim.id)).leased_by).toBe("alive")
  })

  it("are never shared by two owners that look at the same time", async () => {
    const claims: ClaimRow[] = []
    for (let i = 0; i < 30; i += 1) claims.push(await openClaim(db))
    const owners = Array.from({ length: 10 }, (_, i) => `owner-${i}`)
    const leased = await Promise.all(owners.map((owner) => lease(owner, 4)))

    expect(Math.max(...leased.map(({ length }) => length))).toBe(4)
    const taken = ids(leased.flat())
    expect(new Set(taken).size).toBe(taken.length)
    expect(taken).toEqual(ids(claims))
    for (const [index, owner] of owners.entries()) {
      for (const { id } of leased[index] ?? []) {
        expect((await storedClaim(db, id)).leased_by).toBe(owner)
      }
    }
  })

  it("do not wait for claims that another server is leasing", async () => {
    const one = await openClaim(db)
    const two = await openClaim(db)
    const other = await connect(db.url)
    await other.query("BEGIN")
    const theirs = await leaseDueClaims(other, 1, termsOf("b"))
    // Without SKIP LOCKED the test would hang here.
    const ours = await lease("a")
    await other.query("COMMIT")
    await other.close()
    expect(ids([...theirs, ...ours])).toEqual(ids([one, two]))
  })

  describe("that are renewed", () => {
    const ending = "leased_until = now() + interval '1 second'"

    it("end later", async () => {
      const claim = await openClaim(db)
      await lease("a")
      await set(claim, ending)
      expect(await renewLeases(db, [claim.id], termsOf("a"))).toEqual({
        renewed: [claim.id],
        unchanged: [],
      })
      expectAbout((await storedClaim(db, claim.id)).leased_until, LEASE)
    })

    it("are those that were not lost meanwhile", async () => {
      const [lost, kept] = [await openClaim(db), await openClaim(db)]
      await lease("a")
      await set(lost, `leased_by = 'b', ${ending}`)
      await set(kept, ending)
      const ids = [lost.id, kept.id, "oclaim_unknown"]
      expect(await renewLeases(db, ids, termsOf("a"))).toEqual({
        renewed: [kept.id],
        unchanged: [],
      })
      expectAbout((await storedClaim(db, lost.id)).leased_until, 1000)
    })
  })

  describe("that are given back", () => {
    it("are due at once, for any server", async () => {
      const [claim, kept] = [await openClaim(db), await openClaim(db)]
      await lease("a")
      await endLeases(db, [claim.id], "a")
      expect(ids(await lease("b"))).toEqual([claim.id])
      expect((await storedClaim(db, kept.id)).leased_by).toBe("a")
    })

    it("are not another owner's", async () => {
      const claim = await openClaim(db)
      await lease("a")
      await endLeases(db, [claim.id], "b")
      expect((await storedClaim(db, claim.id)).leased_by).toBe("a")
    })
  })

  describe("with the token to be mailed", () => {
    it("is the one of the claim while half of its life is left", async () => {
      const claim = await openClaim(db)
      await set(
        claim,
        "expires_at = now() + interval '8 minutes', password_attempts = 3"
      )
      const before = await storedClaim(db, claim.id)
      const [leased] = await lease("a")
      expect(leased).toMatchObject({
        token_generation: 1,
        token_issued_at: before.token_issued_at,
        expires_at: before.expires_at,
        password_attempts: 3,
      })
    })

    it.each(["7 minutes", "-1 day"])(
      "is a fresh generation if %s are left",
      async (left) => {
        const claim = await openClaim(db)
        await set(
          claim,
          `expires_at = now() + interval '${left}', token_issued_at = now() - interval '2 days',
           password_attempts = 5`
        )
        const [leased] = await lease("a")
        expect(leased?.token_generation).toBe(2)
        expect(leased?.password_attempts).toBe(0)
        expectFresh(leased)

        // The next attempt, soon after, has the same link.
        await set(claim, "leased_until = NULL")
        expect(await lease("a")).toEqual([leased])
      }
    )
  })

  function expectAbout(date: Date | null, ms: number) {
    const left = (date?.getTime() ?? 0) - Date.now()
    expect(left).toBeGreaterThan(ms - 5000)
    expect(left).toBeLessThan(ms + 1000)
  }

  function expectFresh(claim: ClaimRow | undefined) {
    const issued = claim?.token_issued_at.getTime() ?? 0
    const expires = claim?.expires_at.getTime() ?? 0
    expect(expires - issued).toBe(TTL)
    expect(issued % 1000).toBe(0)
    expect(Math.abs(Date.now() - issued)).toBeLessThan(5000)
  }
})

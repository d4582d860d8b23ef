import {
  findClaim,
  findClaimsByEvent,
  lockClaim,
  raiseGeneration,
  requeueClaim,
} from "../claims"
import { countPassword, forgetPasswords } from "../password-attempts"
import { resolveClaim } from "../resolve-claim"
import {
  changeClaim,
  claimNow,
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  storedNotifications,
  TestDatabase,
} from "./test-database"

const TTL = 15 * MINUTE

describe("the rows of claims", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  it("are found by id and by event, and there may be none", async () => {
    const claim = await openClaim(db)
    const { id, event_token_hash } = claim
    expect(await findClaim(db, { id })).toEqual(claim)
    expect(await findClaim(db, { event_token_hash })).toEqual(claim)
    expect(await findClaim(db, { id: "oclaim_unknown" })).toBeUndefined()
    expect(await findClaimsByEvent(db, [event_token_hash, "?"])).toEqual(
      new Map([[event_token_hash, claim]])
    )
  })

  it("are locked until the transaction ends, if asked for", async () => {
    const { id } = await openClaim(db)
    const other = await connect(db.url)
    const isFree = async () =>
      (
        await other.query(
          "SELECT id FROM order_claim WHERE id = $1 FOR UPDATE SKIP LOCKED",
          [id]
        )
      ).length > 0
    await db.pool.transaction(async (tx) => {
      await findClaim(tx, { id })
      expect(await isFree()).toBe(true)
      await lockClaim(tx, { id })
      expect(await isFree()).toBe(false)
    })
    expect(await isFree()).toBe(true)
    await other.close()
  })

  describe("whose generation is raised", () => {
    it("have one more, with a life of its own", async () => {
      const claim = await openClaim(db)
      await changeClaim(
        db,
        claim,
        "expires_at = now(), token_issued_at = now()"
      )
      const raised = await raiseGeneration(db, claim.id, TTL)
      expect(raised).toMatchObject({ id: claim.id, token_generation: 2 })
      const issued = raised.token_issued_at.getTime()
      expect(raised.expires_at.getTime() - issued).toBe(TTL)
      expect(issued % 1000).toBe(0)
      expect(Math.abs(Date.now() - issued)).toBeLessThan(5000)
      await countPassword(db, raised)
      const again = await raiseGeneration(db, claim.id, TTL)
      expect(again.password_attempts).toBe(0)
      expect(again.token_generation).toBe(3)
    })

    it("are no others", async () => {
      const other = await openClaim(db)
      await raiseGeneration(db, (await openClaim(db)).id, TTL)
      expect((await storedClaim(db, other.id)).token_generation).toBe(1)
    })
  })

  describe("that count passwords", () => {
    it("count five of many at once", async () => {
      const claim = await openClaim(db)
      const counted = await Promise.all(
        Array.from({ length: 12 }, () => countPassword(db, claim))
      )
      expect(counted.filter(Boolean)).toHaveLength(5)
      expect((await claimNow(db, claim)).password_attempts).toBe(5)
      await forgetPasswords(db, claim)
      expect((await claimNow(db, claim)).password_attempts).toBe(0)
      expect(await countPassword(db, claim)).toBe(true)
    })

    it("count none for an older link, and forget none of a newer one", async () => {
      const claim = await openClaim(db)
      const raised = await raiseGeneration(db, claim.id, TTL)
      expect(await countPassword(db, claim)).toBe(false)
      await countPassword(db, raised)
      await forgetPasswords(db, claim)
      expect((await claimNow(db, claim)).password_attempts).toBe(1)
    })
  })

  it("that are put into the outbox again are queued since then", async () => {
    const claim = await openClaim(db)
    expect(claim.retries_since).toEqual(claim.created_at)
    await changeClaim(
      db,
      claim,
      "status = 'failed', next_attempt_at = NULL, created_at = created_at - interval '1 day'"
    )
    await requeueClaim(db, claim.id)
    await requeueClaim(db, claim.id)
    const row = await storedClaim(db, claim.id)
    expect(row.status).toBe("pending")
    expect(row.renewals).toHaveLength(2)
    expect((await claimNow(db, claim)).retries_since).toEqual(row.renewals[1])
  })

  it("count the temporary failures since they were put into the outbox", async () => {
    const claim = await openClaim(db)
    expect(claim.deferrals).toBe(0)
    const hoursAgo = (hours: number, outcome = "deferred") => ({
      ...{ message: "claim-request", to: "recipient", response: "", outcome },
      at: new Date(Date.now() - hours * 60 * MINUTE).toISOString(),
    })
    const deliveries = [hoursAgo(5), hoursAgo(4, "refused"), hoursAgo(1)]
    await changeClaim(
      db,
      claim,
      `deliveries = '${JSON.stringify(deliveries)}', created_at = now() - interval '6 hours'`
    )
    expect((await claimNow(db, claim)).deferrals).toBe(2)
    await changeClaim(db, claim, "retried_at = now() - interval '2 hours'")
    expect((await claimNow(db, claim)).deferrals).toBe(1)
    await requeueClaim(db, claim.id)
    expect((await claimNow(db, claim)).deferrals).toBe(0)
  })

  it("that are confirmed are queued since then, renewed or not", async () => {
    const claim = await openClaim(db)
    await requeueClaim(db, claim.id)
    await changeClaim(db, claim, "renewals = ARRAY[now() - interval '1 day']")
    const confirmed = await resolveClaim(db, claim.id, {
      status: "confirmed",
      by: "recipient",
      confirmedGeneration: 1,
      toNotify: ["claimant"],
    })
    const row = await storedClaim(db, claim.id)
    expect(confirmed.retries_since).toEqual(row.resolved_at)
    expect(row.next_attempt_at).toEqual(row.resolved_at)
  })

  it.each(["declined", "canceled", "confirmed"] as const)(
    "that are %s with nobody to notify leave the outbox, and keep their lease",
    async (status) => {
      const claim = await openClaim(db)
      const other = await openClaim(db)
      await changeClaim(db, claim, "leased_by = 'a', leased_until = now()")
      await resolveClaim(db, claim.id, { status, by: "admin" })
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status,
        resolved_by: "admin",
        next_attempt_at: null,
        leased_by: "a",
      })
      expect((await storedClaim(db, other.id)).status).toBe("pending")
      const told = await storedNotifications(db)
      expect(told.map(({ data }) => data.status).sort()).toEqual(
        [status, "pending"].sort()
      )
    }
  )
})

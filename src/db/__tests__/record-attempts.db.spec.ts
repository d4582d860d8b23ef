import type { ClaimStatus } from "../../claims/claim"
import { ClaimRow, raiseGeneration } from "../claims"
import { leaseDueClaims } from "../lease-claims"
import { beginAttempts } from "../begin-attempts"
import { Attempt, recordAttempts } from "../record-attempts"
import { recordResend } from "../record-resend"
import {
  MINUTE,
  openClaim,
  openDatabase,
  storedClaim,
  storedNotifications,
  TestDatabase,
} from "./test-database"

const TTL = 15 * MINUTE
const OWNER = "this server"
const TERMS = { owner: OWNER, leaseMs: 15_000, linkTtlMs: TTL }

const delivery = (
  outcome: "accepted" | "deferred" | "refused",
  response: string
) =>
  ({
    message: "claim-request",
    to: "recipient",
    at: "2026-11-21T12:00:00.000Z",
    outcome,
    response,
  }) as const
const sent = (claim: ClaimRow): Attempt => ({
  claim,
  outcome: "sent",
  status: "sent",
  to_notify: [],
  delivery: delivery("accepted", "250 ok"),
  lastError: null,
  retryInMs: null,
})
const refused = (claim: ClaimRow): Attempt => ({
  claim,
  outcome: "failed",
  status: "failed",
  to_notify: [],
  delivery: delivery("refused", "550 no such user"),
  lastError: "550 no such user",
  retryInMs: null,
})
const deferred = (claim: ClaimRow, response = "451 later"): Attempt => ({
  claim,
  outcome: "deferred",
  status: "pending",
  to_notify: [],
  delivery: delivery("deferred", response),
  lastError: response,
  retryInMs: 90_000,
})
const withdrawn = (claim: ClaimRow): Attempt => ({
  claim,
  outcome: "withdrawn",
  status: "ineligible",
  to_notify: [],
  lastError: "no order may be claimed: 1 canceled",
  retryInMs: null,
})

describe("the record", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification, staged_job"))

  const begun = async (claims: ClaimRow[]): Promise<ClaimRow[]> => {
    await beginAttempts(db, OWNER, claims)
    return claims
  }
  const leased = async (orderCount = 1): Promise<ClaimRow> => {
    const { id } = await openClaim(db, { orderCount })
    const claims = await begun(await leaseDueClaims(db, 100, TERMS))
    return claims.find((claim) => claim.id === id) as ClaimRow
  }
  const lease = async (): Promise<ClaimRow> => {
    await db.query(
      `UPDATE order_claim SET next_attempt_at = now(), leased_until = NULL
       WHERE status = 'pending'`
    )
    const [claim] = await begun(await leaseDueClaims(db, 1, TERMS))
    return claim as ClaimRow
  }
  const record = (attempts: Attempt[], owner = OWNER) =>
    db.pool.transaction((tx) => recordAttempts(tx, owner, attempts))
  const become = (claim: ClaimRow, status: ClaimStatus) =>
    db.query("UPDATE order_claim SET status = $2 WHERE id = $1", [
      claim.id,
      status,
    ])
  const events = () =>
    db.query<{ event_name: string; data: object }>(
      "SELECT event_name, data FROM staged_job ORDER BY event_name"
    )
  const told = async () =>
    (await storedNotifications(db)).map(({ data }) => data.status)

  describe("of the courier's attempts", () => {
    it("has the sent mail, its time and the response", async () => {
      const claim = await leased(2)
      await record([sent(claim)])

      const row = await storedClaim(db, claim.id)
      expect(row).toMatchObject({
        status: "sent",
        attempts: 1,
        deliveries: [delivery("accepted", "250 ok")],
        last_error: null,
        next_attempt_at: null,
        leased_by: null,
        leased_until: null,
      })
      expect(Math.abs(Date.now() - (row.sent_at?.getTime() ?? 0))).toBeLessThan(
        5000
      )
      expect(await told()).toEqual(["sent", "sent"])
    })

    it("has the time at which a mail was given up, and keeps it", async () => {
      const claim = await leased()
      await record([deferred(claim)])
      expect((await storedClaim(db, claim.id)).failed_at).toBeNull()
      await record([refused(await lease())])
      const { failed_at } = await storedClaim(db, claim.id)
      expect(Math.abs(Date.now() - failed_at!.getTime())).toBeLessThan(5000)

      await become(claim, "pending")
      await record([sent(await lease())])
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "sent",
        failed_at,
      })
    })

    it("stages events for sent and failed mails, without the token", async () => {
      const [one, two] = [await leased(2), await leased()]
      await record([sent(one), refused(two)])
      expect(await events()).toEqual([
        {
          event_name: "order-claim.failed",
          data: { id: two.id, order_ids: two.order_ids },
        },
        {
          event_name: "order-claim.sent",
          data: { id: one.id, order_ids: one.order_ids },
        },
      ])
    })

    it.each([
      ["deferred", deferred],
      ["withdrawn", withdrawn],
    ])("stages no event for a mail that was %s", async (_, attempt) => {
      await record([attempt(await leased())])
      expect(await events()).toEqual([])
    })

    it("keeps the rest of a notification's data", async () => {
      const claim = await leased()
      await record([sent(claim)])
      const [notification] = await storedNotifications(db)
      expect(notification?.data).toEqual({
        order_claim_id: claim.id,
        order_count: 1,
        status: "sent",
        last_error: null,
      })
    })

    it("has the final failure", async () => {
      const claim = await leased()
      await record([refused(claim)])
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "failed",
        last_error: "550 no such user",
        next_attempt_at: null,
        sent_at: null,
        leased_by: null,
      })
      expect(await told()).toEqual(["failed"])
    })

    it("has the time of the next attempt", async () => {
      const claim = await leased()
      await record([deferred(claim)])
      const row = await storedClaim(db, claim.id)
      expect(row).toMatchObject({
        status: "pending",
        attempts: 1,
        last_error: "451 later",
        leased_by: null,
        leased_until: null,
        sent_at: null,
      })
      const pause = (row.next_attempt_at?.getTime() ?? 0) - Date.now()
      expect(pause).toBeGreaterThan(80_000)
      expect(pause).toBeLessThan(95_000)
      expect(await told()).toEqual(["pending"])
    })

    it("counts no attempt if nothing was sent", async () => {
      await openClaim(db)
      const [claim] = (await leaseDueClaims(db, 1, TERMS)) as [ClaimRow]
      await record([withdrawn(claim)])
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "ineligible",
        attempts: 0,
        deliveries: [],
        last_error: "no order may be claimed: 1 canceled",
      })
      expect(await told()).toEqual(["ineligible"])
    })

    it("takes a batch at once, each claim by itself", async () => {
      await openClaim(db)
      await openClaim(db)
      await openClaim(db)
      const claims = await leaseDueClaims(db, 3, TERMS)
      const [one, two, three] = claims as [ClaimRow, ClaimRow, ClaimRow]
      await record([sent(one), refused(two), deferred(three)])
      const statuses = [one, two, three].map(
        async ({ id }) => (await storedClaim(db, id)).status
      )
      expect(await Promise.all(statuses)).toEqual(["sent", "failed", "pending"])
    })

    it("is nothing for no attempts", async () => {
      const claim = await leased()
      await record([])
      expect((await storedClaim(db, claim.id)).leased_by).toBe(OWNER)
    })

    it("keeps the last 20 deliveries, the newest last", async () => {
      let claim = await leased()
      for (let n = 1; n <= 25; n += 1) {
        await record([deferred(claim, `451 attempt ${n}`)])
        if (n < 25) claim = await lease()
      }
      const { deliveries, attempts } = await storedClaim(db, claim.id)
      expect(attempts).toBe(25)
      expect(deliveries.map(({ response }) => response)).toEqual(
        Array.from({ length: 20 }, (_, i) => `451 attempt ${i + 6}`)
      )
    })

    it("belongs to the owner of the lease", async () => {
      const claim = await leased()
      const before = await storedClaim(db, claim.id)
      await record([refused(claim)], "another server")
      expect(await storedClaim(db, claim.id)).toEqual(before)
      expect(await told()).toEqual(["pending"])
      expect(await events()).toEqual([])
    })

    it("is closed to an owner that lost the lease meanwhile", async () => {
      const claim = await leased()
      await db.query("UPDATE order_claim SET leased_until = now()")
      await leaseDueClaims(db, 1, { ...TERMS, owner: "another server" })
      await record([refused(claim)])
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "pending",
        leased_by: "another server",
        deliveries: [],
      })
    })

    it.each(["confirmed", "declined", "canceled"] as const)(
      "leaves a claim %s that became so while its mail was on the wire",
      async (status) => {
        for (const outcome of [sent, refused, deferred, withdrawn]) {
          await db.query("TRUNCATE order_claim, notification, staged_job")
          const claim = await leased()
          await become(claim, status)
          await record([outcome(claim)])
          expect(await storedClaim(db, claim.id)).toMatchObject({
            status,
            leased_by: null,
          })
          expect(await told()).toEqual([status])
          expect(await events()).toEqual([])
        }
      }
    )

    it("notes the mail that went out to a claim that was confirmed meanwhile", async () => {
      const claim = await leased()
      await become(claim, "confirmed")
      await record([sent(claim)])
      const row = await storedClaim(db, claim.id)
      expect(row.deliveries).toHaveLength(1)
      expect(row.attempts).toBe(1)
      expect(row.sent_at).not.toBeNull()
    })

    it.each([
      ["sent", sent],
      ["refused", refused],
      ["deferred", deferred],
    ])(
      "leaves a claim due whose newer link is still to be mailed: %s",
      async (_, outcome) => {
        const claim = await leased()
        await raiseGeneration(db, claim.id, TTL)
        const { next_attempt_at } = await storedClaim(db, claim.id)
        await record([outcome(claim)])
        expect(await storedClaim(db, claim.id)).toMatchObject({
          status: "pending",
          next_attempt_at,
          leased_by: null,
          attempts: 1,
        })
      }
    )
  })

  describe("of an admin's resend", () => {
    const resend = (attempt: Attempt) =>
      db.pool.transaction((tx) => recordResend(tx, attempt))
    const resent = async (status: ClaimStatus) => {
      const claim = await openClaim(db)
      await become(claim, status)
      return raiseGeneration(db, claim.id, TTL)
    }

    it.each([
      ["pending", sent, "sent"],
      ["sent", sent, "sent"],
      ["failed", sent, "sent"],
      ["throttled", sent, "sent"],
      ["pending", refused, "pending"],
      ["sent", refused, "failed"],
      ["failed", refused, "failed"],
      ["confirmed", sent, "confirmed"],
      ["declined", sent, "declined"],
      ["canceled", sent, "canceled"],
      ["confirmed", refused, "confirmed"],
      ["sent", withdrawn, "ineligible"],
    ] as const)(
      "of a claim that is %s: %p makes it %s",
      async (before, outcome, after) => {
        const claim = await resent(before)
        await resend(outcome(claim))
        const row = await storedClaim(db, claim.id)
        const attempts = outcome === withdrawn ? 0 : 1
        expect(row).toMatchObject({ status: after, attempts })
        expect(row.sent_at === null).toBe(outcome !== sent)
        expect(await told()).toEqual([after])
        const isNews = after === outcome(claim).status && after !== "ineligible"
        expect(await events()).toEqual(
          isNews
            ? [
                {
                  event_name: `order-claim.${after}`,
                  data: { id: claim.id, order_ids: claim.order_ids },
                },
              ]
            : []
        )
      }
    )

    it("does not fail a claim that the courier has mailed meanwhile", async () => {
      const claim = await resent("pending")
      const [mailed] = await begun(await leaseDueClaims(db, 1, TERMS))
      await record([sent(mailed as ClaimRow)])
      await resend(refused(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "sent",
        last_error: null,
        attempts: 2,
      })
    })

    it("does not change a claim that was resent again meanwhile", async () => {
      const claim = await resent("sent")
      await raiseGeneration(db, claim.id, TTL)
      await resend(refused(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "sent",
        last_error: "550 no such user",
      })
    })

    it("adds to the earlier deliveries", async () => {
      const claim = await leased()
      await record([deferred(claim)])
      await resend(sent(await raiseGeneration(db, claim.id, TTL)))
      const { deliveries } = await storedClaim(db, claim.id)
      expect(deliveries.map(({ outcome }) => outcome)).toEqual([
        "deferred",
        "accepted",
      ])
    })

    it("does not end a lease", async () => {
      const claim = await leased()
      await resend(sent(await raiseGeneration(db, claim.id, TTL)))
      expect((await storedClaim(db, claim.id)).leased_by).toBe(OWNER)
    })
  })
})

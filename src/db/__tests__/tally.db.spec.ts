import type { ClaimOrigin } from "../../claims/claim"
import type { Counts, Limit } from "../../claims/limits"
import { cancelClaim } from "../../actions/cancel"
import { beginAttempts } from "../begin-attempts"
import { leaseDueClaims } from "../lease-claims"
import { openClaims } from "../../actions/open-claims"
import { recordAttempts } from "../record-attempts"
import { ClaimRow } from "../claims"
import { resolveClaim } from "../resolve-claim"
import { loadTally, tallyCustomers, tallyRecipients } from "../tally"
import {
  addCustomer,
  addOrder,
  changeClaim,
  claimNow,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  TestDatabase,
} from "./test-database"

const HOUR = { count: 0, windowMs: 60 * MINUTE }
const DAY = { count: 0, windowMs: 24 * 60 * MINUTE }
const WEEK = { count: 0, windowMs: 7 * 24 * 60 * MINUTE }
const NOTHING = { perRecipient: [HOUR], perCustomer: [HOUR] }
const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }

const inAnHour = (counts: Map<string, Counts>, who: string) =>
  counts.get(who)?.[0] ?? 0

describe("what counts against the limits", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const counted = async ({ email, customer_id }: ClaimRow) => [
    inAnHour(await tallyRecipients(db, [email], [HOUR]), email),
    inAnHour(await tallyCustomers(db, [customer_id], [HOUR]), customer_id),
  ]
  const cancel = ({ id, customer_id }: ClaimRow) =>
    db.pool.transaction((tx) =>
      cancelClaim(tx, id, { type: "claimant", customerId: customer_id })
    )
  const lease = () => leaseDueClaims(db, 10, TERMS)

  it("is a claim that is to be mailed", async () => {
    expect(await counted(await openClaim(db))).toEqual([1, 1])
  })

  it("is not a claim that was canceled before any mail", async () => {
    const claim = await openClaim(db)
    await cancel(claim)
    expect(await counted(claim)).toEqual([0, 0])
  })

  it("is a claim that was canceled while it may have been on the wire", async () => {
    const claim = await openClaim(db)
    await beginAttempts(db, TERMS.owner, await lease())
    await cancel(claim)
    expect(await counted(claim)).toEqual([1, 1])
  })

  it("is not a claim that was canceled before its mail could leave", async () => {
    const claim = await openClaim(db)
    const leased = await lease()
    await cancel(claim)
    expect((await beginAttempts(db, TERMS.owner, leased)).size).toBe(0)
    expect(await counted(claim)).toEqual([0, 0])
  })

  it("is not a claim that is just being written, if it is left out", async () => {
    const claim = await openClaim(db)
    const limits = { perRecipient: [HOUR], perCustomer: [HOUR] }
    const without = await loadTally(db, [claim], limits)
    expect([...without.perRecipient, ...without.perCustomer]).toEqual([])
  })

  it("is a claim that was canceled on the wire, once its mail is recorded", async () => {
    const claim = await openClaim(db)
    const [leased] = await lease()
    await cancel(claim)
    await db.pool.transaction((tx) =>
      recordAttempts(tx, TERMS.owner, [
        {
          claim: leased as ClaimRow,
          outcome: "sent",
          status: "sent",
          to_notify: [],
          delivery: {
            message: "claim-request",
            to: "recipient",
            at: new Date().toISOString(),
            outcome: "accepted",
            response: "250 ok",
          },
          lastError: null,
          retryInMs: null,
        },
      ])
    )
    expect((await claimNow(db, claim)).status).toBe("canceled")
    expect(await counted(claim)).toEqual([1, 1])
  })

  it("is a claim that was canceled after an attempt", async () => {
    const claim = await openClaim(db)
    await changeClaim(db, claim, "attempts = 1")
    await cancel(claim)
    expect(await counted(claim)).toEqual([1, 1])
  })

  it.each(["throttled", "ineligible"])(
    "is not a claim that is %s, canceled or not",
    async (status) => {
      const claim = await openClaim(db)
      await changeClaim(
        db,
        claim,
        `status = '${status}', next_attempt_at = NULL`
      )
      expect(await counted(claim)).toEqual([0, 0])
      await cancel(claim)
      expect(await counted(claim)).toEqual([0, 0])
    }
  )

  it("keeps the next of a throttled and canceled burst within them", async () => {
    const email = "burst@example.com"
    const perRecipient = [{ ...HOUR, count: 1 }]
    for (const count of [0, 5]) {
      const rules = {
        limits: { perRecipient, perCustomer: [{ ...HOUR, count }] },
      }
      const claim = await openClaim(db, { email, rules })
      expect(claim.status).toBe(count ? "pending" : "throttled")
      if (!count) await cancel(claim)
    }
  })

  it("is not a claim that was confirmed at once, before and after its notices", async () => {
    const email = "spot@example.com"
    const claimant = await addCustomer(db)
    const request = requestFor(claimant, email, [await addOrder(db, email)], {
      unmailed: true,
    })
    const [opened] = await db.pool.transaction((tx) =>
      openClaims(tx, [request], RULES)
    )
    const claim = await resolveClaim(db, opened!.claim.id, {
      status: "confirmed",
      by: "recipient",
      confirmedGeneration: 0,
      toNotify: ["recipient"],
    })
    expect(await counted(claim)).toEqual([0, 0])

    const [leased] = await lease()
    await db.pool.transaction((tx) =>
      recordAttempts(tx, TERMS.owner, [
        {
          claim: leased as ClaimRow,
          outcome: "sent",
          status: "confirmed",
          to_notify: [],
          delivery: {
            message: "claim-confirmed",
            to: "recipient",
            at: new Date().toISOString(),
            outcome: "accepted",
            response: "250 ok",
          },
          lastError: null,
          retryInMs: null,
        },
      ])
    )
    expect(await counted(claim)).toEqual([0, 0])

    // Given back, with its mails about that, and the block lifted.
    const lifted = "status = 'canceled', reverted_at = now(), attempts = 3"
    await changeClaim(db, claim, lifted)
    expect(await counted(claim)).toEqual([0, 0])
  })

  it("is each renewal, for its recipient, however old the claim", async () => {
    const claim = await openClaim(db)
    await changeClaim(
      db,
      claim,
      `created_at = now() - interval '1 day',
       renewals = ARRAY[now() - interval '2 hours',
         now() - interval '59 minutes', now()]`
    )
    expect(await counted(claim)).toEqual([2, 0])
  })

  it("is only what lies within the window", async () => {
    const claim = await openClaim(db)
    await changeClaim(db, claim, "created_at = now() - interval '59 minutes'")
    expect(await counted(claim)).toEqual([1, 1])
    await changeClaim(db, claim, "created_at = now() - interval '61 minutes'")
    expect(await counted(claim)).toEqual([0, 0])
  })

  it("is counted for each window, in the order of the limits", async () => {
    const recent = await openClaim(db, { email: "greta@example.com" })
    const older = await openClaim(db, {
      email: recent.email,
      claimant: recent.customer_id,
    })
    await changeClaim(
      db,
      older,
      `created_at = now() - interval '2 days',
       renewals = ARRAY[now() - interval '25 hours',
         now() - interval '23 hours', now()]`
    )
    const third = await openClaim(db, {
      email: recent.email,
      claimant: recent.customer_id,
    })
    await changeClaim(db, third, "created_at = now() - interval '23 hours'")

    const { email, customer_id } = recent
    const ofRecipient = async (limits: Limit[]) =>
      (await tallyRecipients(db, [email], limits)).get(email)
    const ofCustomer = async (limits: Limit[]) =>
      (await tallyCustomers(db, [customer_id], limits)).get(customer_id)
    expect(await ofRecipient([HOUR, DAY])).toEqual([2, 4])
    expect(await ofRecipient([DAY, HOUR])).toEqual([4, 2])
    expect(await ofCustomer([HOUR, DAY, WEEK])).toEqual([1, 2, 3])
  })

  describe("of a claim for an address", () => {
    const ask = async (origin: ClaimOrigin, assignments: string) => {
      const claim = await openClaim(db)
      await changeClaim(
        db,
        claim,
        `origin = '${origin}', next_attempt_at = NULL, ${assignments}`
      )
      return claim
    }

    it("is the request itself, for who asked, if it found no order", async () => {
      const claim = await ask("address", "status = 'ineligible'")
      expect(await counted(claim)).toEqual([0, 1])
    })

    it("is the request also if it was canceled before any mail", async () => {
      for (const status of ["ineligible", "pending"]) {
        const claim = await ask("address", `status = '${status}'`)
        await cancel(claim)
        expect(await counted(claim)).toEqual([0, 1])
      }
    })

    it("is the request also if it was over the limit of the address", async () => {
      const limits = {
        perRecipient: [HOUR],
        perCustomer: [{ ...HOUR, count: 1 }],
      }
      const claim = await openClaim(db, { rules: { limits } })
      expect(claim.status).toBe("throttled")
      await changeClaim(db, claim, "origin = 'address'")
      expect(await counted(claim)).toEqual([0, 1])
      await cancel(claim)
      expect(await counted(claim)).toEqual([0, 1])
    })

    it("is not a request over the customer's limit, canceled or not", async () => {
      const claim = await openClaim(db, { rules: { limits: NOTHING } })
      expect(claim.status).toBe("throttled")
      await changeClaim(db, claim, "origin = 'address'")
      expect(await counted(claim)).toEqual([0, 0])
      await cancel(claim)
      expect(await counted(claim)).toEqual([0, 0])
    })

    it("is not a request whose orders are not looked up yet", async () => {
      const claim = await ask("address", "status = 'requested'")
      expect(await counted(claim)).toEqual([0, 0])
    })

    it("is its mail, once", async () => {
      const claim = await ask("address", "status = 'sent', sent_at = now()")
      expect(await counted(claim)).toEqual([1, 1])
    })

    it("is only what was mailed, if it is the offer to a new account", async () => {
      const none = await ask("registration", "status = 'ineligible'")
      expect(await counted(none)).toEqual([0, 0])
      const mailed = await ask("registration", "status = 'sent', attempts = 1")
      expect(await counted(mailed)).toEqual([1, 1])
    })
  })

  it("is counted for each address, in any case, and for each claimant", async () => {
    const one = await openClaim(db, { email: "Ann@Example.com" })
    await openClaim(db, { email: "ann@example.com" })
    const other = await openClaim(db, {
      email: "bob@example.com",
      claimant: one.customer_id,
    })
    const emails = ["ann@example.com", "bob@example.com", "no@example.com"]
    expect(await tallyRecipients(db, emails, [HOUR])).toEqual(
      new Map([
        ["ann@example.com", [2]],
        ["bob@example.com", [1]],
      ])
    )
    expect(await tallyCustomers(db, [other.customer_id], [HOUR])).toEqual(
      new Map([[one.customer_id, [2]]])
    )
  })
})

import type { PresentedToken } from "../../claims/claim-token"
import type { Limits } from "../../claims/limits"
import type { OpeningRules } from "../decide-claim"
import { openClaims } from "../open-claims"
import type { ClaimRow } from "../../db/claims"
import {
  addCustomer,
  addOrder,
  changeClaim,
  claimNow,
  connect,
  isSomeoneWaiting,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  storedClaim,
  storedNotifications,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import { declineClaim } from "../decline"
import { renewLink } from "../renew"
import {
  changeOrder,
  eventToken,
  eventTokenOf,
  link,
  refusalOf,
} from "./presenting"

const EXPIRED =
  "status = 'sent', attempts = 1, next_attempt_at = NULL, expires_at = now()"

const perHour = (count: number): Partial<OpeningRules> => {
  const limits: Limits = {
    perRecipient: [{ count, windowMs: 60 * MINUTE }],
    perCustomer: [{ count: 1000, windowMs: 60 * MINUTE }],
  }
  return { limits }
}

describe("a renewal", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const renew = (token: PresentedToken, rules: Partial<OpeningRules> = {}) =>
    db.pool.transaction((tx) => renewLink(tx, token, { ...RULES, ...rules }))
  const expired = async (setup: Parameters<typeof openClaim>[1] = {}) => {
    const claim = await openClaim(db, setup)
    await changeClaim(db, claim, EXPIRED)
    return claim
  }
  const isRefused = async (
    claim: ClaimRow,
    token: PresentedToken,
    code: string,
    rules: Partial<OpeningRules> = {}
  ) => {
    const before = await storedClaim(db, claim.id)
    expect(await refusalOf(renew(token, rules))).toBe(code)
    expect(await storedClaim(db, claim.id)).toEqual(before)
  }

  it("of an expired link puts the claim into the outbox, for the same recipient", async () => {
    const claim = await expired({ orderCount: 2 })
    await changeClaim(db, claim, "last_error = 'a word of the mail server'")
    await renew(link(claim))
    const row = await storedClaim(db, claim.id)
    expect(row).toMatchObject({
      status: "pending",
      email: claim.email,
      customer_id: claim.customer_id,
      order_ids: claim.order_ids,
      token_generation: 2,
      last_error: null,
      leased_by: null,
    })
    expect(row.expires_at.getTime() - row.token_issued_at.getTime()).toBe(
      15 * MINUTE
    )
    expect(Math.abs(Date.now() - row.token_issued_at.getTime())).toBeLessThan(
      5000
    )
    expect(row.renewals).toEqual([row.next_attempt_at])
    expect((await claimNow(db, claim)).retries_since).toEqual(
      row.next_attempt_at
    )
    const notifications = await storedNotifications(db)
    expect(notifications.map(({ data }) => data.status)).toEqual([
      "pending",
      "pending",
    ])
  })

  it.each(["pending", "failed"])(
    "works for a claim that is %s",
    async (status) => {
      const claim = await expired()
      await changeClaim(db, claim, `status = '${status}'`)
      await renew(link(claim))
      expect((await storedClaim(db, claim.id)).token_generation).toBe(2)
    }
  )

  it("is refused while the mailed link works, even if the event's token has expired", async () => {
    const claim = await openClaim(db)
    await changeClaim(db, claim, "status = 'sent', attempts = 1")
    const token = { ...eventTokenOf(claim), expiresAt: new Date() }

    await isRefused(claim, token, "order_claim_active")
  })

  it("works with the event's own token, which is dead afterwards", async () => {
    const claim = await expired()
    const token = { ...eventTokenOf(claim), expiresAt: new Date() }
    await renew(token)
    await isRefused(claim, token, "order_claim_superseded")
  })

  it("works after too many wrong passwords, and the new link takes five more", async () => {
    const claim = await openClaim(db)
    await changeClaim(db, claim, "status = 'sent', password_attempts = 4")
    await isRefused(claim, link(claim), "order_claim_active")
    await changeClaim(db, claim, "password_attempts = 5")
    await renew(link(claim))
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "pending",
      token_generation: 2,
      password_attempts: 0,
    })
    await isRefused(claim, link(claim, 2), "order_claim_active")
  })

  it("of a link that still works is refused", async () => {
    const claim = await openClaim(db)
    await isRefused(claim, link(claim), "order_claim_active")
  })

  it("with a second click is refused", async () => {
    const claim = await expired()
    await renew(link(claim))
    await isRefused(claim, link(claim), "order_claim_superseded")
    await isRefused(claim, link(claim, 2), "order_claim_active")
  })

  it.each([
    ["confirmed", "order_claim_used"],
    ["declined", "order_claim_declined"],
    ["canceled", "order_claim_canceled"],
    ["throttled", "order_claim_invalid"],
    ["ineligible", "order_claim_stale"],
  ])("of a claim that is %s is refused: %s", async (status, code) => {
    const claim = await expired()
    await changeClaim(
      db,
      claim,
      `status = '${status}', confirmed_generation = 1`
    )
    await isRefused(claim, link(claim), code)
  })

  it("with a token of no claim is refused", async () => {
    const unknown = eventToken(requestFor("cus_1", "a@b.example", ["o"]))
    for (const token of [link({ id: "oclaim_unknown" }), unknown])
      expect(await refusalOf(renew(token))).toBe("order_claim_invalid")
  })

  it("is refused once no order may be claimed any more", async () => {
    const claim = await expired()
    await changeOrder(db, claim.order_ids[0], "status = 'canceled'")
    await isRefused(claim, link(claim), "order_claim_stale")
  })

  it.each([
    ["is deleted", "deleted_at = now()"],
    ["has no account any more", "has_account = false"],
  ])("is refused once the claimant %s", async (_, change) => {
    const claim = await expired()
    await db.query(`UPDATE customer SET ${change} WHERE id = $1`, [
      claim.customer_id,
    ])
    await isRefused(claim, link(claim), "order_claim_stale")
  })

  it("is refused where another claim for those orders was declined", async () => {
    const claim = await expired()
    const { customer_id, email, order_ids } = claim
    const [other] = await db.pool.transaction((tx) =>
      openClaims(tx, [requestFor(customer_id, email, order_ids)], RULES)
    )
    await db.pool.transaction((tx) => declineClaim(tx, link(other!.claim)))
    await isRefused(claim, link(claim), "order_claim_stale")
  })

  describe("counts against the recipient's limit", () => {
    it("together with claims", async () => {
      const email = "greta@example.com"
      const claim = await expired({ email })
      await openClaim(db, { email })
      await isRefused(claim, link(claim), "order_claim_throttled", perHour(2))
      await renew(link(claim), perHour(3))
      const next = await openClaim(db, { email, rules: perHour(3) })
      expect(next.status).toBe("throttled")
    })

    it("together with other renewals, of older claims too", async () => {
      const email = "gerta@example.com"
      const claims = [
        await expired({ email }),
        await expired({ email }),
        await expired({ email: email.toUpperCase() }),
      ] as const
      for (const claim of claims)
        await changeClaim(db, claim, "created_at = now() - interval '1 day'")
      await renew(link(claims[0]), perHour(2))
      await renew(link(claims[1]), perHour(2))
      await isRefused(
        claims[2],
        link(claims[2]),
        "order_claim_throttled",
        perHour(2)
      )
      expect((await openClaim(db, { email, rules: perHour(2) })).status).toBe(
        "throttled"
      )
    })

    it("until the window has passed", async () => {
      const claim = await expired()
      const old = "created_at = created_at - interval '2 hours'"
      await changeClaim(db, claim, old)
      await renew(link(claim), perHour(1))
      await changeClaim(db, claim, EXPIRED)
      await isRefused(
        claim,
        link(claim, 2),
        "order_claim_throttled",
        perHour(1)
      )
      await changeClaim(
        db,
        claim,
        "renewals = ARRAY[now() - interval '61 minutes']"
      )
      await renew(link(claim, 2), perHour(1))
      expect((await storedClaim(db, claim.id)).renewals).toHaveLength(2)
    })

    it("in each of its windows", async () => {
      const claim = await expired()
      const perRecipient = [
        { count: 2, windowMs: 60 * MINUTE },
        { count: 3, windowMs: 24 * 60 * MINUTE },
      ]
      const rules = { limits: { perRecipient, perCustomer: perRecipient } }
      const renewed = (ago: string) =>
        changeClaim(
          db,
          claim,
          `created_at = now() - interval '2 days',
           renewals = ARRAY[${ago}]::timestamptz[]`
        )
      const [old, recent] = ["now() - interval '23 hours'", "now()"]
      const throttled = () =>
        isRefused(claim, link(claim), "order_claim_throttled", rules)

      await renewed(`${recent}, ${recent}`)
      await throttled()
      await renewed(`${old}, ${old}, ${old}`)
      await throttled()
      await renewed(`${old}, ${old}`)
      await renew(link(claim), rules)
      expect((await storedClaim(db, claim.id)).renewals).toHaveLength(3)
    })

    it("and not against that of another address", async () => {
      await openClaim(db)
      const claim = await expired()
      await changeClaim(db, claim, "created_at = now() - interval '1 day'")
      await renew(link(claim), perHour(1))
      expect((await storedClaim(db, claim.id)).token_generation).toBe(2)
    })

    it("but not against the claimant's, who does not ask", async () => {
      const claimant = await addCustomer(db)
      const claim = await expired({ claimant })
      const limits: Limits = {
        perRecipient: [{ count: 9, windowMs: 60 * MINUTE }],
        perCustomer: [{ count: 1, windowMs: 60 * MINUTE }],
      }
      await renew(link(claim), { limits })
      expect((await storedClaim(db, claim.id)).token_generation).toBe(2)
    })
  })

  describe("at the same time", () => {
    it("as others of the same link is only one", async () => {
      const claim = await expired()
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => refusalOf(renew(link(claim))))
      )
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1)
      expect(new Set(outcomes)).toEqual(
        new Set(["done", "order_claim_superseded"])
      )
      expect((await storedClaim(db, claim.id)).renewals).toHaveLength(1)
    })

    it("as claims are opened never exceeds the limit", async () => {
      const email = "busy@example.com"
      const orders = [await addOrder(db, email)]
      const claims: ClaimRow[] = []
      for (let n = 0; n < 10; n++) claims.push(await expired({ email }))
      await db.query(
        "UPDATE order_claim SET created_at = now() - interval '1 day'"
      )
      const claimant = await addCustomer(db)
      const opening = Array.from({ length: 10 }, () =>
        db.pool.transaction(async (tx) => {
          const request = requestFor(claimant, email, orders)
          const rules = { ...RULES, ...perHour(7) }
          const [opened] = await openClaims(tx, [request], rules)
          return opened?.claim.status
        })
      )
      const renewing = claims.map((claim) =>
        refusalOf(renew(link(claim), perHour(7)))
      )
      const outcomes = await Promise.all([...opening, ...renewing])
      const mailed = outcomes.filter((o) => o === "pending" || o === "done")
      expect(mailed).toHaveLength(7)
    })
  })

  it("that waits for a slow decision on its claim holds up no opening", async () => {
    const claim = await expired()
    const decider = await connect(db.url)
    await decider.query("BEGIN")
    await decider.query("SELECT 1 FROM order_claim WHERE id = $1 FOR UPDATE", [
      claim.id,
    ])
    const renewing = renew(link(claim), perHour(5))
    await until(() => isSomeoneWaiting(decider))
    const opened = await openClaim(db, { rules: perHour(5) })
    expect(opened.status).toBe("pending")
    await decider.query("COMMIT")
    await decider.close()
    await renewing
  })
})

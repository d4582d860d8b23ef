import type { PresentedToken } from "../../claims/claim-token"
import { openClaims } from "../open-claims"
import { prepareResend } from "../prepare-resend"
import { ClaimRow, raiseGeneration } from "../../db/claims"
import {
  addCustomer,
  addOrder,
  changeClaim,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  stagedEvents,
  storedClaim,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { cancelClaim, Canceler } from "../cancel"
import { declineClaim } from "../decline"
import {
  confirmAndMove,
  eventToken,
  eventTokenOf,
  link,
  refusalOf,
} from "./presenting"

const EXPIRED = "expires_at = now() - interval '1 day'"

describe("a decline", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification, staged_job"))

  const decline = (token: PresentedToken) =>
    db.pool.transaction((tx) => declineClaim(tx, token))
  const confirm = (token: PresentedToken) => confirmAndMove(db.pool, token)
  const cancel = (claim: ClaimRow, canceler: Canceler) =>
    db.pool.transaction((tx) => cancelClaim(tx, claim.id, canceler))
  const byClaimant = ({ customer_id }: ClaimRow): Canceler => ({
    type: "claimant",
    customerId: customer_id,
  })
  const open = async (claimant: string, email: string, orders: string[]) => {
    const [opened] = await db.pool.transaction((tx) =>
      openClaims(tx, [requestFor(claimant, email, orders)], RULES)
    )
    return opened!.claim
  }

  describe("of an open claim", () => {
    it("ends it, and takes it out of the outbox", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      await decline(link(claim))
      const row = await storedClaim(db, claim.id)
      expect(row).toMatchObject({
        status: "declined",
        resolved_by: "recipient",
        confirmed_generation: null,
        next_attempt_at: null,
        to_notify: [],
      })
      expect(row.resolved_at).not.toBeNull()
      const notifications = await storedNotifications(db)
      expect(notifications.map(({ data }) => data.status)).toEqual([
        "declined",
        "declined",
      ])
    })

    it("stages an event for other plugins, without the token", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      await decline(link(claim))
      expect(await stagedEvents(db)).toEqual([
        {
          event_name: "order-claim.declined",
          data: { id: claim.id, order_ids: claim.order_ids },
        },
      ])
    })

    it("changes nothing the second time, and stages no event", async () => {
      const claim = await openClaim(db)
      await decline(link(claim))
      const before = await storedClaim(db, claim.id)
      await decline(link(claim))
      expect(await storedClaim(db, claim.id)).toEqual(before)
      expect(await stagedEvents(db)).toHaveLength(1)
    })

    it("twenty times at once is only one", async () => {
      const claim = await openClaim(db)
      await Promise.all(Array.from({ length: 20 }, () => decline(link(claim))))
      expect(await stagedEvents(db)).toHaveLength(1)
    })

    it("works with the event's own token as well", async () => {
      const claim = await openClaim(db)
      await decline(eventTokenOf(claim))
      expect((await storedClaim(db, claim.id)).status).toBe("declined")
    })

    it.each(["sent", "failed"])(
      "works for a claim that is %s",
      async (status) => {
        const claim = await openClaim(db)
        await changeClaim(db, claim, `status = '${status}'`)
        await decline(link(claim))
        expect((await storedClaim(db, claim.id)).status).toBe("declined")
      }
    )

    it("makes its link worthless", async () => {
      const claim = await openClaim(db)
      await decline(link(claim))
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_declined")
    })
  })

  describe("with a link", () => {
    it("that has expired works: mail is often read late", async () => {
      const claim = await openClaim(db)
      await changeClaim(db, claim, EXPIRED)
      await decline(link(claim))
      expect((await storedClaim(db, claim.id)).status).toBe("declined")
    })

    it("that a newer one has superseded is refused, expired or not", async () => {
      const claim = await openClaim(db)
      await raiseGeneration(db, claim.id, 15 * MINUTE)
      for (const assignments of ["expires_at = expires_at", EXPIRED]) {
        await changeClaim(db, claim, assignments)
        expect(await refusalOf(decline(link(claim, 1)))).toBe(
          "order_claim_superseded"
        )
        expect(await refusalOf(decline(eventTokenOf(claim)))).toBe(
          "order_claim_superseded"
        )
      }
      expect((await storedClaim(db, claim.id)).status).toBe("pending")
      expect(await stagedEvents(db)).toEqual([])
    })

    it.each([
      ["confirmed", "order_claim_used"],
      ["canceled", "order_claim_canceled"],
      ["throttled", "order_claim_invalid"],
      ["ineligible", "order_claim_stale"],
    ])("of a claim that is %s is refused: %s", async (status, code) => {
      const claim = await openClaim(db)
      await changeClaim(
        db,
        claim,
        `status = '${status}', confirmed_generation = 1, resolved_by = 'admin'`
      )
      const before = await storedClaim(db, claim.id)
      expect(await refusalOf(decline(link(claim)))).toBe(code)
      expect(await storedClaim(db, claim.id)).toEqual(before)
      expect(await stagedEvents(db)).toEqual([])
    })

    it("of no claim is refused", async () => {
      const unknown = eventToken(requestFor("cus_1", "a@b.example", ["o"]))
      for (const token of [link({ id: "oclaim_unknown" }), unknown]) {
        expect(await refusalOf(decline(token))).toBe("order_claim_invalid")
      }
    })
  })

  describe("of a claim that was canceled", () => {
    it("by its claimant works: a quick cancel must not escape the block", async () => {
      const claim = await openClaim(db)
      await cancel(claim, byClaimant(claim))
      await decline(link(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "declined",
        resolved_by: "recipient",
      })
      expect(await stagedEvents(db)).toHaveLength(1)
    })

    it("by its claimant works after its expiry too", async () => {
      const claim = await openClaim(db)
      await cancel(claim, byClaimant(claim))
      await changeClaim(db, claim, EXPIRED)
      await decline(link(claim))
      expect((await storedClaim(db, claim.id)).status).toBe("declined")
    })

    it("by its claimant needs the newest link", async () => {
      const claim = await openClaim(db)
      await raiseGeneration(db, claim.id, 15 * MINUTE)
      await cancel(claim, byClaimant(claim))
      for (const token of [link(claim, 1), link(claim, 3), eventTokenOf(claim)])
        expect(await refusalOf(decline(token))).toBe("order_claim_canceled")
      await decline(link(claim, 2))
      expect((await storedClaim(db, claim.id)).status).toBe("declined")
    })

    it("by an admin is refused", async () => {
      const claim = await openClaim(db)
      await cancel(claim, { type: "admin" })
      expect(await refusalOf(decline(link(claim)))).toBe("order_claim_canceled")
      expect((await storedClaim(db, claim.id)).status).toBe("canceled")
    })
  })

  describe("keeps its claimant from those orders", () => {
    const declined = async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      await decline(link(claim))
      return claim
    }

    it("when they ask again", async () => {
      const { customer_id, email, order_ids } = await declined()
      expect(await open(customer_id, email, order_ids)).toMatchObject({
        status: "ineligible",
        last_error: "no order may be claimed: 2 declined by its recipient",
      })
    })

    it("whatever the case of their address", async () => {
      const { customer_id, email, order_ids } = await declined()
      const claim = await open(customer_id, email.toUpperCase(), order_ids)
      expect(claim.status).toBe("ineligible")
    })

    it("but not from other orders of the same address", async () => {
      const { customer_id, email, order_ids } = await declined()
      const another = await addOrder(db, email)
      const claim = await open(customer_id, email, [...order_ids, another])
      expect(claim.status).toBe("pending")
      const confirmation = await confirm(link(claim))
      expect(confirmation?.moving).toEqual([another])
    })

    it("and keeps no other claimant from them", async () => {
      const { email, order_ids } = await declined()
      const claim = await open(await addCustomer(db), email, order_ids)
      expect(claim.status).toBe("pending")
      const confirmation = await confirm(link(claim))
      expect(confirmation?.moving.sort()).toEqual(order_ids)
    })

    it("when another claim of theirs is confirmed or resent", async () => {
      const claim = await openClaim(db)
      const other = await open(claim.customer_id, claim.email, claim.order_ids)
      await decline(link(claim))
      expect(await refusalOf(confirm(link(other)))).toBe("order_claim_stale")
      const resent = db.pool.transaction((tx) =>
        prepareResend(tx, other.id, { ...RULES, resendTo: "any" })
      )
      expect(await refusalOf(resent)).toBe("order_claim_stale")
      expect(await storedClaim(db, other.id)).toMatchObject({
        status: "pending",
        token_generation: 1,
      })
    })

    it("when a token of an event that never arrived is confirmed", async () => {
      const { customer_id, email, order_ids } = await declined()
      const request = requestFor(customer_id, email, order_ids)
      expect(await refusalOf(confirm(eventToken(request)))).toBe(
        "order_claim_stale"
      )
    })

    it("until an admin lifts it", async () => {
      const claim = await declined()
      await cancel(claim, { type: "admin" })
      const { customer_id, email, order_ids } = claim
      const again = await open(customer_id, email, order_ids)
      expect(again.status).toBe("pending")
      expect((await confirm(link(again)))?.moving.sort()).toEqual(order_ids)
    })

    it("even if the claimant has canceled or tries to cancel", async () => {
      const claim = await openClaim(db)
      await cancel(claim, byClaimant(claim))
      await decline(link(claim))
      expect(await refusalOf(cancel(claim, byClaimant(claim)))).toBe(
        "order_claim_declined"
      )
      const { customer_id, email, order_ids } = claim
      const again = await open(customer_id, email, order_ids)
      expect(again.status).toBe("ineligible")
    })

    it("as long as one of two declines stands", async () => {
      const one = await openClaim(db)
      const { customer_id, email, order_ids } = one
      const two = (await open(customer_id, email, order_ids)) as ClaimRow
      await decline(link(one))
      await decline(link(two))
      await cancel(one, { type: "admin" })
      expect((await open(customer_id, email, order_ids)).status).toBe(
        "ineligible"
      )
      await cancel(two, { type: "admin" })
      expect((await open(customer_id, email, order_ids)).status).toBe("pending")
    })
  })
})

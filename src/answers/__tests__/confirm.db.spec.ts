import type { EventToken, PresentedToken } from "../../claims/claim-token"
import type { ClaimStatus } from "../../claims/claim"
import { OrderClaimRefusal } from "../../claims/refusal"
import type { ClaimRow } from "../../rows/claims"
import { confirmClaim, Confirmation } from "../confirm"
import type { Queryable } from "../../rows/database"
import { raiseGeneration } from "../../outbox/lease"
import { openClaims, OpeningRules } from "../../outbox/open-claims"
import {
  addCustomer,
  addOrder,
  addOrders,
  connect,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
  until,
} from "../../rows/__tests__/test-database"

const link = (claim: Pick<ClaimRow, "id">, generation = 1): PresentedToken => ({
  type: "link",
  claimId: claim.id,
  generation,
})

describe("a confirm", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const confirm = (token: PresentedToken, rules: Partial<OpeningRules> = {}) =>
    db.pool.transaction((tx) => confirmClaim(tx, token, { ...RULES, ...rules }))
  /** As the service does it: the orders change hands in the same transaction. */
  const confirmAndMove = (token: PresentedToken) =>
    db.pool.transaction(async (tx) => {
      const confirmation = await confirmClaim(tx, token, RULES)
      if (confirmation) await move(tx, confirmation)
      return confirmation
    })
  const move = (tx: Queryable, { claimant, moving }: Confirmation) =>
    tx.query(
      `UPDATE "order" SET customer_id = $2, email = $3, updated_at = now()
       WHERE id = ANY($1)`,
      [moving, claimant.id, claimant.email]
    )
  const change = (id: string | undefined, assignments: string) =>
    db.query(`UPDATE "order" SET ${assignments} WHERE id = $1`, [id])
  const refusalOf = async (work: Promise<unknown>) => {
    const error: unknown = await work.then(
      () => "confirmed",
      (reason: unknown) => reason
    )
    return (error as OrderClaimRefusal).code ?? error
  }

  describe("with a link", () => {
    it("uses the claim up and says which orders move to whom", async () => {
      const claim = await openClaim(db, { orderCount: 3 })
      const confirmation = await confirm(link(claim))

      expect(confirmation?.moving.sort()).toEqual(claim.order_ids)
      expect(confirmation?.claimant).toMatchObject({
        id: claim.customer_id,
        has_account: true,
      })
      const row = await storedClaim(db, claim.id)
      expect(row).toMatchObject({
        status: "confirmed",
        confirmed_generation: 1,
        next_attempt_at: null,
      })
      expect(row.resolved_at).not.toBeNull()
      const notifications = await storedNotifications(db)
      expect(notifications.map(({ data }) => data.status)).toEqual([
        "confirmed",
        "confirmed",
        "confirmed",
      ])
    })

    it("moves the orders that may be claimed, and leaves the others", async () => {
      const claim = await openClaim(db, { orderCount: 4 })
      const [canceled, elsewhere, owned, good] = claim.order_ids
      const owner = await addCustomer(db)
      await change(canceled, "status = 'canceled'")
      await change(elsewhere, "email = 'else@example.com'")
      await change(owned, `customer_id = '${owner}'`)
      expect((await confirm(link(claim)))?.moving).toEqual([good])
    })

    it("is refused, and changes nothing, if no order is left to move", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      const [one, two] = claim.order_ids
      await change(one, "status = 'canceled'")
      await change(two, "email = 'else@example.com'")
      const before = await storedClaim(db, claim.id)
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_stale")
      expect(await storedClaim(db, claim.id)).toEqual(before)
    })

    it("counts orders that are the claimant's already as done", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      const [theirs, canceled] = claim.order_ids
      await change(theirs, `customer_id = '${claim.customer_id}'`)
      await change(canceled, "status = 'canceled'")
      expect((await confirm(link(claim)))?.moving).toEqual([])
      expect((await storedClaim(db, claim.id)).status).toBe("confirmed")
    })

    it("is refused for a claimant whose account is gone", async () => {
      for (const assignment of ["deleted_at = now()", "has_account = false"]) {
        const claim = await openClaim(db)
        await db.query(`UPDATE customer SET ${assignment} WHERE id = $1`, [
          claim.customer_id,
        ])
        expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_stale")
        expect((await storedClaim(db, claim.id)).status).toBe("pending")
      }
    })

    it("is refused for a claim that is not there", async () => {
      expect(await refusalOf(confirm(link({ id: "oclaim_unknown" })))).toBe(
        "order_claim_invalid"
      )
    })

    it.each([
      ["declined", "order_claim_declined"],
      ["canceled", "order_claim_canceled"],
      ["throttled", "order_claim_invalid"],
      ["ineligible", "order_claim_stale"],
    ] as [ClaimStatus, string][])(
      "is refused for a claim that is %s: %s",
      async (status, code) => {
        const claim = await openClaim(db)
        await db.query("UPDATE order_claim SET status = $1", [status])
        expect(await refusalOf(confirm(link(claim)))).toBe(code)
      }
    )

    it("is refused when the link has expired", async () => {
      const claim = await openClaim(db)
      await db.query("UPDATE order_claim SET expires_at = now()")
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_expired")
    })

    it("takes the newest generation only", async () => {
      const claim = await openClaim(db)
      await raiseGeneration(db, claim.id, 15 * MINUTE)
      expect(await refusalOf(confirm(link(claim, 1)))).toBe(
        "order_claim_superseded"
      )
      expect(await refusalOf(confirm(link(claim, 3)))).toBe(
        "order_claim_invalid"
      )
      await confirm(link(claim, 2))
      expect((await storedClaim(db, claim.id)).confirmed_generation).toBe(2)
    })

    it("takes orders of customers with an account if the shop allows that", async () => {
      const everybody = { guestOrdersOnly: false }
      const claim = await openClaim(db, { rules: everybody })
      await db.query(
        `UPDATE customer SET has_account = true
         WHERE id = (SELECT customer_id FROM "order" WHERE id = $1)`,
        [claim.order_ids[0]]
      )
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_stale")
      expect((await confirm(link(claim), everybody))?.moving).toEqual(
        claim.order_ids
      )
    })
  })

  describe("once more", () => {
    it("with the token that did it changes nothing", async () => {
      const claim = await openClaim(db)
      await confirmAndMove(link(claim))
      const before = await storedClaim(db, claim.id)
      expect(await confirm(link(claim))).toBeUndefined()
      expect(await storedClaim(db, claim.id)).toEqual(before)
    })

    it("with another token is refused", async () => {
      const claim = await openClaim(db)
      await raiseGeneration(db, claim.id, 15 * MINUTE)
      await confirmAndMove(link(claim, 2))
      expect(await refusalOf(confirm(link(claim, 1)))).toBe("order_claim_used")
    })

    it("is refused when the orders are not the claimant's any more", async () => {
      const claim = await openClaim(db)
      await confirmAndMove(link(claim))
      await change(
        claim.order_ids[0],
        `customer_id = '${await addCustomer(db)}'`
      )
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_stale")
    })
  })

  describe("while it decides", () => {
    it("holds the claim, its orders and their customers", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      const other = await connect(db.url)
      const isLocked = (table: string, ids: string[]) =>
        other
          .query(
            `SELECT id FROM ${table} WHERE id = ANY($1) FOR UPDATE NOWAIT`,
            [ids]
          )
          .then(
            () => false,
            (error: { code?: string }) => error.code === "55P03"
          )
      const guests = await db.query<{ id: string }>(
        `SELECT DISTINCT customer_id AS id FROM "order" WHERE id = ANY($1)`,
        [claim.order_ids]
      )
      const held = async () => [
        await isLocked("order_claim", [claim.id]),
        await isLocked('"order"', claim.order_ids.slice(0, 1)),
        await isLocked('"order"', claim.order_ids.slice(1)),
        await isLocked(
          "customer",
          guests.map(({ id }) => id)
        ),
      ]
      await db.pool.transaction(async (tx) => {
        await confirmClaim(tx, link(claim), RULES)
        expect(await held()).toEqual([true, true, true, true])
      })
      expect(await held()).toEqual([false, false, false, false])
      await other.close()
    })

    it("lets a second confirm of the same link wait, and then repeat", async () => {
      const claim = await openClaim(db)
      const observer = await connect(db.url)
      let second: Promise<unknown> | undefined
      await db.pool.transaction(async (tx) => {
        const first = await confirmClaim(tx, link(claim), RULES)
        second = confirmAndMove(link(claim))
        await until(async () => {
          const waiting = await observer.query(
            `SELECT pid FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event_type = 'Lock'`
          )
          return waiting.length > 0
        })
        await move(tx, first as Confirmation)
      })
      expect(await second).toBeUndefined()
      await observer.close()
    })

    it("never ends in a deadlock over orders that claims share", async () => {
      const email = "shared@example.com"
      const orders = await addOrders(db, email, 20)
      const claims: string[] = []
      for (let i = 0; i < 4; i += 1) {
        const ids = i % 2 ? orders : [...orders].reverse()
        const request = requestFor(await addCustomer(db), email, ids)
        const [opened] = await db.pool.transaction((tx) =>
          openClaims(tx, [request], RULES)
        )
        claims.push(opened!.claim.id)
      }
      const outcomes = await Promise.all(
        claims.map((id) => refusalOf(confirmAndMove(link({ id }))))
      )
      expect(outcomes.sort()).toEqual([
        "confirmed",
        "order_claim_stale",
        "order_claim_stale",
        "order_claim_stale",
      ])
    })
  })

  describe("with the event's own token", () => {
    const event = (
      request: {
        claimantId: string
        orderIds: string[]
        eventTokenHash: string
      },
      { issuedAt = new Date(Date.now() + 1000), lifeMs = 15 * MINUTE } = {}
    ): EventToken => ({
      type: "event",
      generation: 0,
      eventTokenHash: request.eventTokenHash,
      request,
      issuedAt,
      expiresAt: new Date(Date.now() + lifeMs),
    })
    const unopened = async (orderCount = 1) => {
      const email = `event-${Math.random()}@example.com`
      const orders = await addOrders(db, email, orderCount)
      return requestFor(await addCustomer(db), email, orders)
    }
    const ofClaim = (claim: ClaimRow) =>
      event({
        claimantId: claim.customer_id,
        orderIds: claim.order_ids,
        eventTokenHash: claim.event_token_hash,
      })

    it("confirms the claim that the event has opened", async () => {
      const claim = await openClaim(db)
      expect((await confirm(ofClaim(claim)))?.moving).toEqual(claim.order_ids)
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "confirmed",
        confirmed_generation: 0,
      })
    })

    it("is dead once a newer link was made", async () => {
      const claim = await openClaim(db)
      await raiseGeneration(db, claim.id, 15 * MINUTE)
      expect(await refusalOf(confirm(ofClaim(claim)))).toBe(
        "order_claim_superseded"
      )
    })

    it("opens the claim if its event never arrived, and mails nothing", async () => {
      const request = await unopened(2)
      const confirmation = await confirm(event(request))
      expect(confirmation?.moving.sort()).toEqual(request.orderIds)
      expect(await storedClaims(db)).toMatchObject([
        {
          customer_id: request.claimantId,
          email: request.recipient,
          event_token_hash: request.eventTokenHash,
          status: "confirmed",
          confirmed_generation: 0,
          next_attempt_at: null,
        },
      ])
      expect(await storedNotifications(db)).toEqual([])
    })

    it("once more changes nothing", async () => {
      const token = event(await unopened())
      await confirmAndMove(token)
      expect(await confirm(token)).toBeUndefined()
      expect(await storedClaims(db)).toHaveLength(1)
    })

    it("is invalid after its time, if no claim tells more", async () => {
      const token = event(await unopened(), { lifeMs: -1 })
      expect(await refusalOf(confirm(token))).toBe("order_claim_invalid")
      expect(await storedClaims(db)).toEqual([])
    })

    it("is expired after its time, while the link still works", async () => {
      const claim = await openClaim(db)
      const old = { ...ofClaim(claim), expiresAt: new Date() }
      expect(await refusalOf(confirm(old))).toBe("order_claim_expired")
      expect((await confirm(link(claim)))?.moving).toEqual(claim.order_ids)
    })

    it("is stale if one of its orders was touched since", async () => {
      const request = await unopened(2)
      await change(
        request.orderIds[1],
        "updated_at = now() + interval '5 seconds'"
      )
      expect(await refusalOf(confirm(event(request)))).toBe("order_claim_stale")
      expect(await storedClaims(db)).toEqual([])
    })

    it("is stale if all of its orders were touched since", async () => {
      const request = await unopened()
      const issuedAt = new Date(Date.now() - 60 * MINUTE)
      const token = event(request, { issuedAt })
      expect(await refusalOf(confirm(token))).toBe("order_claim_stale")
    })

    it("is stale if its orders are of several addresses", async () => {
      const request = await unopened()
      const orderIds = [...request.orderIds, await addOrder(db, "x@y.example")]
      const token = event({ ...request, orderIds })
      expect(await refusalOf(confirm(token))).toBe("order_claim_stale")
    })

    it("is stale if there are no such orders", async () => {
      const request = { ...(await unopened()), orderIds: ["order_unknown"] }
      expect(await refusalOf(confirm(event(request)))).toBe("order_claim_stale")
    })

    it("counts against no limit, since nothing is mailed", async () => {
      const request = await unopened()
      const none = { count: 0, windowMs: MINUTE }
      const limits = { perRecipient: none, perCustomer: none }
      const confirmation = await confirm(event(request), { limits })
      expect(confirmation?.moving).toEqual(request.orderIds)
    })

    it("is worth nothing for a claimant without an account", async () => {
      const guest = await addCustomer(db, { has_account: false })
      const request = { ...(await unopened()), claimantId: guest }
      expect(await refusalOf(confirm(event(request)))).toBe("order_claim_stale")
    })
  })
})

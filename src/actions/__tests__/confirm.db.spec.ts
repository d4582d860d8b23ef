import type { PresentedToken } from "../../claims/claim-token"
import type { ClaimStatus } from "../../claims/claim"
import { raiseGeneration } from "../../db/claims"
import { openClaims } from "../open-claims"
import {
  addCustomer,
  addOrders,
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
import { confirmClaim, ConfirmRules } from "../confirm"
import {
  changeOrder,
  CONFIRM_RULES,
  confirmAndMove,
  link,
  moveOrders,
  refusalOf,
} from "./presenting"

describe("a confirm", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const confirm = (token: PresentedToken, rules: Partial<ConfirmRules> = {}) =>
    confirmAndMove(db.pool, token, rules)
  const change = (id: string | undefined, assignments: string) =>
    changeOrder(db, id, assignments)

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
        resolved_by: "recipient",
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

    it("is refused for a claim that does not exist", async () => {
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

    it("accepts only the newest generation", async () => {
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

    it("moves orders of customers with an account if the shop allows that", async () => {
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

  describe("a second time", () => {
    it("with the same token changes nothing", async () => {
      const claim = await openClaim(db)
      await confirm(link(claim))
      const before = await storedClaim(db, claim.id)
      expect(await confirm(link(claim))).toBeUndefined()
      expect(await storedClaim(db, claim.id)).toEqual(before)
    })

    it("with another token is refused", async () => {
      const claim = await openClaim(db)
      await raiseGeneration(db, claim.id, 15 * MINUTE)
      await confirm(link(claim, 2))
      expect(await refusalOf(confirm(link(claim, 1)))).toBe("order_claim_used")
    })

    it("is refused when the orders are not the claimant's any more", async () => {
      const claim = await openClaim(db)
      await confirm(link(claim))
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
        await confirmClaim(tx, link(claim), CONFIRM_RULES, moveOrders(tx))
        expect(await held()).toEqual([true, true, true, true])
      })
      expect(await held()).toEqual([false, false, false, false])
      await other.close()
    })

    it("lets a second confirm of the same link wait, and then repeat", async () => {
      const claim = await openClaim(db)
      const observer = await connect(db.url)
      let second: Promise<unknown> | undefined
      await db.pool.transaction((tx) =>
        confirmClaim(tx, link(claim), CONFIRM_RULES, async (confirmation) => {
          second = confirm(link(claim))
          await until(() => isSomeoneWaiting(observer))
          await moveOrders(tx)(confirmation)
        })
      )
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
        claims.map((id) => refusalOf(confirm(link({ id }))))
      )
      expect(outcomes.sort()).toEqual([
        "done",
        "order_claim_stale",
        "order_claim_stale",
        "order_claim_stale",
      ])
    })
  })
})

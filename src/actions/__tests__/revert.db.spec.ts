import type { MovedOrder } from "../../claims/claim"
import type { RevertToken } from "../../claims/revert-token"
import {
  addCustomer,
  addOrder,
  changeClaim,
  claimNow,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  stagedEvents,
  storedClaims,
  TestDatabase,
} from "../../db/__tests__/test-database"
import type { ClaimRow } from "../../db/claims"
import type { Queryable } from "../../db/database"
import { cancelClaim } from "../cancel"
import { declineClaim } from "../decline"
import { examineRevert } from "../examine"
import { openClaims } from "../open-claims"
import { HandBack, Reverter, revertClaim } from "../revert"
import { changeOrder, confirmAndMove, link, refusalOf } from "./presenting"

/** Moves orders back as the store does whose customers are all as before. */
const moveBack =
  (tx: Queryable): HandBack =>
  async (claim, orders) => {
    for (const { id, customer_id, email = claim.email } of orders) {
      await tx.query(
        'UPDATE "order" SET customer_id = $2, email = $3 WHERE id = $1',
        [id, customer_id, email]
      )
    }
  }

describe("a revert", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() =>
    db.query('TRUNCATE order_claim, notification, staged_job, "order" CASCADE')
  )

  const owners = () =>
    db.query<MovedOrder>(
      'SELECT id, customer_id, email FROM "order" ORDER BY id'
    )
  const confirmed = async (orderCount = 1) => {
    const claim = await openClaim(db, { orderCount })
    const before = await owners()
    await confirmAndMove(db.pool, link(claim))
    return { claim: await claimNow(db, claim), before }
  }
  const tokenOf = ({ id, resolved_at }: ClaimRow): RevertToken => ({
    claimId: id,
    confirmedAt: Math.floor(resolved_at!.getTime() / 1000),
    expiresAt: new Date(Date.now() + 60_000),
  })
  const revert = (reverter: Reverter) =>
    db.pool.transaction((tx) => revertClaim(tx, reverter, moveBack(tx)))
  const takeBack = (claim: ClaimRow, changes: Partial<RevertToken> = {}) =>
    revert({ type: "recipient", token: { ...tokenOf(claim), ...changes } })

  it("gives every order back to the customer and the address it came from", async () => {
    const { claim, before } = await confirmed(3)
    await takeBack(claim)
    expect(await owners()).toEqual(before)
    expect(await claimNow(db, claim)).toMatchObject({
      status: "reverted",
      resolved_by: "recipient",
      reverted_by: "recipient",
      reverted_order_ids: claim.order_ids,
      to_notify: ["recipient", "claimant"],
    })
    expect((await stagedEvents(db)).at(-1)).toMatchObject({
      event_name: "order-claim.reverted",
      data: { id: claim.id, order_ids: claim.order_ids },
    })
  })

  it("gives an address back letter by letter", async () => {
    const claim = await openClaim(db, { email: "greta@example.com" })
    await changeOrder(db, claim.order_ids[0], "email = 'Greta@Example.com'")
    const before = await owners()
    await confirmAndMove(db.pool, link(claim))
    await takeBack(await claimNow(db, claim))
    expect(await owners()).toEqual(before)
  })

  it("leaves what has moved on since where it is", async () => {
    const { claim, before } = await confirmed(2)
    const [gone, theirs] = claim.order_ids as [string, string]
    const other = await addCustomer(db)
    await changeOrder(db, gone, `customer_id = '${other}'`)
    await takeBack(claim)
    const after = await owners()
    expect(after.find(({ id }) => id === gone)?.customer_id).toBe(other)
    expect(after.find(({ id }) => id === theirs)).toEqual(
      before.find(({ id }) => id === theirs)
    )
    expect((await claimNow(db, claim)).reverted_order_ids).toEqual([theirs])
  })

  it("mails nobody if nothing goes back", async () => {
    const { claim } = await confirmed()
    const other = await addCustomer(db)
    await changeOrder(db, claim.order_ids[0], `customer_id = '${other}'`)
    await takeBack(claim)
    expect(await claimNow(db, claim)).toMatchObject({
      status: "reverted",
      to_notify: [],
    })
  })

  it("changes nothing the second time, even after its time is over", async () => {
    const { claim } = await confirmed()
    await takeBack(claim)
    const before = [await storedClaims(db), await owners()]
    expect(await takeBack(claim)).toBeUndefined()
    expect(await takeBack(claim, { expiresAt: new Date(0) })).toBeUndefined()
    expect([await storedClaims(db), await owners()]).toEqual(before)
  })

  it("blocks the claimant for these orders until an admin lifts it", async () => {
    const { claim } = await confirmed()
    await takeBack(claim)
    const again = async () => {
      const { customer_id, email, order_ids } = claim
      const request = requestFor(customer_id, email, order_ids)
      const [opened] = await db.pool.transaction((tx) =>
        openClaims(tx, [request], RULES)
      )
      return opened?.claim.status
    }
    expect(await again()).toBe("ineligible")
    const { customer_id: customerId } = claim
    const cancel = (by: Parameters<typeof cancelClaim>[2]) =>
      db.pool.transaction((tx) => cancelClaim(tx, claim.id, by))
    expect(await refusalOf(cancel({ type: "claimant", customerId }))).toBe(
      "order_claim_reverted"
    )
    await cancel({ type: "admin" })
    expect(await again()).toBe("pending")
    expect(await takeBack(claim)).toBeUndefined()
    // The history stays: a lift is no other past.
    expect(await claimNow(db, claim)).toMatchObject({
      status: "canceled",
      resolved_by: "admin",
      moved_orders: claim.moved_orders,
      reverted_by: "recipient",
    })
  })

  it("is refused when its time is over", async () => {
    const { claim } = await confirmed()
    const late = takeBack(claim, { expiresAt: new Date() })
    expect(await refusalOf(late)).toBe("order_claim_expired")
    expect((await claimNow(db, claim)).status).toBe("confirmed")
  })

  it("is refused for another confirm, and for a claim that was not confirmed", async () => {
    const { claim } = await confirmed()
    const other = takeBack(claim, { confirmedAt: 1 })
    expect(await refusalOf(other)).toBe("order_claim_invalid")
    expect(await refusalOf(takeBack(claim, { claimId: "oclaim_no" }))).toBe(
      "order_claim_invalid"
    )
    const open = await openClaim(db)
    const early = { ...open, resolved_at: new Date() }
    expect(await refusalOf(takeBack(early))).toBe("order_claim_invalid")
    await db.pool.transaction((tx) => declineClaim(tx, link(open)))
    const declined = await claimNow(db, open)
    expect(await refusalOf(takeBack(declined))).toBe("order_claim_invalid")
  })

  it("by staff has no time limit, and needs a confirm", async () => {
    const { claim, before } = await confirmed()
    await changeClaim(db, claim, "resolved_at = now() - interval '1 year'")
    await revert({ type: "admin", claimId: claim.id })
    expect(await owners()).toEqual(before)
    expect(await claimNow(db, claim)).toMatchObject({ reverted_by: "admin" })

    const open = await openClaim(db)
    const early = revert({ type: "admin", claimId: open.id })
    expect(await refusalOf(early)).toBe("order_claim_stale")
    await expect(
      revert({ type: "admin", claimId: "oclaim_no" })
    ).rejects.toMatchObject({ type: "not_found" })
  })

  it("happens once if many ask at the same time, and never half", async () => {
    const { claim, before } = await confirmed(5)
    const both = await Promise.all([
      takeBack(claim),
      takeBack(claim),
      revert({ type: "admin", claimId: claim.id }),
      takeBack(claim),
    ])
    expect(both.filter(Boolean)).toHaveLength(1)
    expect(await owners()).toEqual(before)
    const reverts = (await stagedEvents(db)).filter(
      ({ event_name }) => event_name === "order-claim.reverted"
    )
    expect(reverts).toHaveLength(1)
  })

  it("and a confirm of another claim for the same orders: the orders end in one place", async () => {
    const { claim } = await confirmed(3)
    const rival = await addCustomer(db)
    const { email, order_ids } = claim
    const request = requestFor(rival, email, order_ids)
    const [opened] = await db.pool.transaction((tx) =>
      openClaims(tx, [request], { ...RULES, guestOrdersOnly: false })
    )
    const outcomes = await Promise.allSettled([
      takeBack(claim),
      confirmAndMove(db.pool, link(opened!.claim)),
    ])
    expect(outcomes[0].status).toBe("fulfilled")
    const after = await owners()
    expect(new Set(after.map(({ customer_id }) => customer_id)).size).toBe(1)
  })

  describe("before it happens", () => {
    const look = (claim: ClaimRow, changes: Partial<RevertToken> = {}) =>
      examineRevert(db, { ...tokenOf(claim), ...changes })

    it("shows who has which orders, until when, and changes nothing", async () => {
      const { claim } = await confirmed(12)
      const before = await storedClaims(db)
      const found = await look(claim)
      expect(found).toMatchObject({
        status: "revertable",
        question: {
          claimant: { id: claim.customer_id },
          loginRequired: false,
          orderCount: 12,
        },
      })
      expect(await storedClaims(db)).toEqual(before)
    })

    it("shows who had them even if that account was deleted", async () => {
      const { claim, before } = await confirmed()
      await db.query("UPDATE customer SET deleted_at = now() WHERE id = $1", [
        claim.customer_id,
      ])
      expect(await look(claim)).toMatchObject({
        status: "revertable",
        question: { claimant: { id: claim.customer_id }, orderCount: 1 },
      })
      await takeBack(claim)
      expect(await owners()).toEqual(before)
    })

    it("does not say that orders went back if none did", async () => {
      const { claim } = await confirmed()
      await changeOrder(db, claim.order_ids[0], "status = 'canceled'")
      const nothing = { status: "stale", reverts: true }
      expect(await look(claim)).toMatchObject(nothing)
      await takeBack(claim)
      expect(await look(claim)).toMatchObject(nothing)
    })

    it("says why it cannot happen", async () => {
      const { claim } = await confirmed()
      const late = await look(claim, { expiresAt: new Date() })
      expect(late.status).toBe("expired")
      const other = look(claim, { confirmedAt: 1 })
      expect(await refusalOf(other)).toBe("order_claim_invalid")
      const somebody = await addCustomer(db)
      await changeOrder(db, claim.order_ids[0], `customer_id = '${somebody}'`)
      expect((await look(claim)).status).toBe("stale")
      const back = await confirmed()
      await takeBack(back.claim)
      expect((await look(back.claim)).status).toBe("reverted")
    })
  })

  it("of orders that were claimed by number leaves other orders alone", async () => {
    const { claim } = await confirmed()
    const own = await addOrder(db, "own@example.com", {
      customerId: claim.customer_id,
    })
    await takeBack(claim)
    const after = await owners()
    expect(after.find(({ id }) => id === own)?.customer_id).toBe(
      claim.customer_id
    )
  })
})

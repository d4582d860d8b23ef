import type { PresentedToken } from "../../claims/claim-token"
import { claimNow, storedClaims } from "../../db/__tests__/test-database"
import { ClaimRow, raiseGeneration } from "../../db/claims"
import {
  addCustomer,
  changeClaim,
  connect,
  EventClaim,
  MINUTE,
  openClaim,
  openDatabase,
  requestFor,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { examineClaim } from "../examine"
import { lookUp as answerOf } from "../lookup"
import {
  changeOrder,
  CONFIRM_RULES,
  eventToken,
  eventTokenOf,
  link,
  refusalOf,
} from "./presenting"

describe("a lookup", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const lookUp = async (token: PresentedToken, rules = CONFIRM_RULES) =>
    answerOf(await examineClaim(db, token, rules))
  const addItems = (orderId: string | undefined, titles: string[]) =>
    db.query(
      `INSERT INTO line_item (id, order_id, title, unit_price, quantity, created_at)
       SELECT $1 || '_item_' || n, $1, title, 100, n,
         now() + n * interval '1 second'
       FROM unnest($2::text[]) WITH ORDINALITY AS item (title, n)`,
      [orderId, titles]
    )

  describe("of an open claim", () => {
    it("shows who asks, for what, and until when", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      await addItems(claim.order_ids[0], ["Shirt\r\n\u202e", "Mug"])
      const rows = await db.query<{ display_id: number; created_at: Date }>(
        'SELECT display_id, created_at FROM "order" WHERE id = ANY($1) ORDER BY id',
        [claim.order_ids]
      )
      const [first, second] = rows.map(({ display_id, created_at }) => ({
        display_id,
        created_at: created_at.toISOString(),
      }))
      expect(await lookUp(link(claim))).toEqual({
        status: "open",
        expires_at: claim.expires_at.toISOString(),
        claimant: { name: "Clara Customer", email: "c***@example.com" },
        own_address: false,
        account_opened_at: null,
        login_required: false,
        order_count: 2,
        orders: [
          {
            ...first,
            item_count: 2,
            items: [
              { title: "Shirt", quantity: 1 },
              { title: "Mug", quantity: 2 },
            ],
          },
          { ...second, item_count: 0, items: [] },
        ],
      })
    })

    it("says whether the claimant has to log in", async () => {
      const needsLogin = async (token: PresentedToken, requireLogin = false) =>
        lookUp(token, { ...CONFIRM_RULES, requireLogin })
      const plain = await openClaim(db)
      expect(await needsLogin(link(plain), true)).toMatchObject({
        login_required: true,
      })
      const email = `own-${plain.id}@example.com`
      const claimant = await addCustomer(db, { email })
      const own = await openClaim(db, { claimant, email })
      expect(await needsLogin(link(own))).toMatchObject({
        login_required: true,
      })
      await db.query("UPDATE customer SET email = $2 WHERE id = $1", [
        plain.customer_id,
        plain.email,
      ])
      expect(await needsLogin(link(plain))).toMatchObject({
        login_required: true,
      })
    })

    it("repeats no name that could say with which password to log in", async () => {
      const email = "own@example.com"
      const claimant = await addCustomer(db, {
        email,
        first_name: "The password",
        last_name: "is supersecret",
      })
      const own = await openClaim(db, { claimant, email })
      expect(await lookUp(link(own))).toMatchObject({
        claimant: { name: "", email: "o***@example.com" },
      })
    })

    it("asks nothing if all orders are the claimant's already", async () => {
      const claim = await openClaim(db)
      await changeOrder(
        db,
        claim.order_ids[0],
        `customer_id = '${claim.customer_id}'`
      )

      expect(await lookUp(link(claim))).toEqual({ status: "confirmed" })
    })

    it("lists five orders and five items of each, and counts the others", async () => {
      const claim = await openClaim(db, { orderCount: 12 })
      const titles = Array.from({ length: 7 }, (_, n) => `Item ${n}`)
      await addItems(claim.order_ids[0], titles)
      const found = await lookUp(link(claim))
      expect(found).toMatchObject({ status: "open", order_count: 12 })
      const { orders } = found as Extract<typeof found, { orders: unknown }>
      expect(orders).toHaveLength(5)
      expect(orders[0]?.item_count).toBe(7)
      expect(orders[0]?.items.map(({ title }) => title)).toEqual(
        titles.slice(0, 5)
      )
    })

    it("shows only the orders that would change hands", async () => {
      const claim = await openClaim(db, { orderCount: 3 })
      await changeOrder(db, claim.order_ids[0], "status = 'canceled'")
      await changeOrder(db, claim.order_ids[1], "email = 'else@example.com'")
      const found = await lookUp(link(claim))
      expect(found).toMatchObject({ status: "open", order_count: 1 })
      expect("orders" in found && found.orders).toHaveLength(1)
    })

    it("never shows an address, an order's id or a token", async () => {
      const email = "clara.the.customer@example.com"
      const claimant = await addCustomer(db, { email })
      const claim = await openClaim(db, { claimant })
      const shown = JSON.stringify(await lookUp(link(claim)))
      for (const secret of [email, claim.email, claim.id, ...claim.order_ids])
        expect(shown).not.toContain(secret)
    })

    it("sanitizes the claimant's name", async () => {
      const claimant = await addCustomer(db, {
        first_name: "https://evil.example/login\u202e",
        last_name: "now",
      })
      const found = await lookUp(link(await openClaim(db, { claimant })))
      expect(found).toMatchObject({
        claimant: { name: "https: evil. example/login now" },
      })
    })

    it("works with the event's own token", async () => {
      const claim = await openClaim(db)
      expect((await lookUp(eventTokenOf(claim))).status).toBe("open")
    })
  })

  describe("of a link that cannot be used shows its status alone:", () => {
    const is = (assignments: string) => async (claim: ClaimRow) => {
      await changeClaim(db, claim, assignments)
      return link(claim)
    }
    it.each([
      ["expired", is("expires_at = now()")],
      ["expired", is("password_attempts = 5")],
      ["declined", is("status = 'declined'")],
      ["canceled", is("status = 'canceled'")],
      ["confirmed", is("status = 'confirmed', confirmed_generation = 1")],
      ["used", is("status = 'confirmed', confirmed_generation = 2")],
      ["superseded", is("token_generation = 2")],
      ["stale", is("status = 'ineligible'")],
      [
        "stale",
        async (claim: ClaimRow) => {
          await changeOrder(db, claim.order_ids[0], "status = 'canceled'")
          return link(claim)
        },
      ],
      [
        "stale",
        async (claim: ClaimRow) => {
          await db.query(
            "UPDATE customer SET deleted_at = now() WHERE id = $1",
            [claim.customer_id]
          )
          return link(claim)
        },
      ],
      [
        "stale",
        async (claim: ClaimRow) => {
          await db.query(
            `INSERT INTO order_claim (id, customer_id, email, order_ids, status,
               event_token_hash, token_issued_at, expires_at)
             SELECT 'oclaim_declined', customer_id, email, order_ids, 'declined',
               'another event', now(), now() FROM order_claim`
          )
          return link(claim)
        },
      ],
      [
        "expired",
        (claim: EventClaim) =>
          Promise.resolve({ ...eventTokenOf(claim), expiresAt: new Date() }),
      ],
    ])("%s", async (status, present) => {
      const token = await present(await openClaim(db))
      expect(await lookUp(token)).toEqual({ status })
    })
  })

  it.each([
    ["of a claim that was throttled", "status = 'throttled'", 1],
    ["of a generation that never was", "status = status", 2],
  ])("with a link %s is refused", async (_, assignments, generation) => {
    const claim = await openClaim(db)
    await changeClaim(db, claim, assignments)
    expect(await refusalOf(lookUp(link(claim, generation)))).toBe(
      "order_claim_invalid"
    )
  })

  it("with a token of no claim is refused, and opens none", async () => {
    const claim = await openClaim(db)
    const { customer_id, email, order_ids } = claim
    const unopened = eventToken(requestFor(customer_id, email, order_ids))
    for (const token of [link({ id: "oclaim_unknown" }), unopened])
      expect(await refusalOf(lookUp(token))).toBe("order_claim_invalid")
    expect(await storedClaims(db)).toHaveLength(1)
  })

  it("changes nothing", async () => {
    const claim = await openClaim(db, { orderCount: 2 })
    await raiseGeneration(db, claim.id, 15 * MINUTE)
    const state = async () => [
      await storedClaims(db),
      await storedNotifications(db),
      await db.query('SELECT * FROM "order" ORDER BY id'),
    ]
    const before = await state()
    for (const generation of [1, 2]) await lookUp(link(claim, generation))
    expect(await state()).toEqual(before)
  })

  it("does not wait for locks on the claim and its orders", async () => {
    const claim = await openClaim(db)
    const other = await connect(db.url)
    await other.query("BEGIN")
    await other.query(
      "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'))"
    )
    await other.query("SELECT id FROM order_claim FOR UPDATE")
    await other.query('SELECT id FROM "order" FOR UPDATE')
    await other.query("SELECT id FROM customer FOR UPDATE")
    const found = await db.pool.transaction(async (tx) => {
      await tx.query("SET LOCAL lock_timeout = '1s'")
      return answerOf(await examineClaim(tx, link(claim), CONFIRM_RULES))
    })
    expect(found.status).toBe("open")
    await other.query("ROLLBACK")
    await other.close()
  })

  it("locks nothing, even within a transaction", async () => {
    const claim = await openClaim(db)
    const other = await connect(db.url)
    await db.pool.transaction(async (tx) => {
      await examineClaim(tx, link(await claimNow(db, claim)), CONFIRM_RULES)
      const locked = await other.query(
        `SELECT c.id FROM order_claim c JOIN "order" o ON o.id = ANY(c.order_ids)
         WHERE c.id = $1 FOR UPDATE NOWAIT`,
        [claim.id]
      )
      expect(locked).toHaveLength(1)
    })
    await other.close()
  })
})

import type { Claim, ClaimStatus, Delivery } from "../../claims/claim"
import { OVER_LIMIT } from "../../claims/limits"
import type { ClaimRow } from "../../db/claims"
import { beginAttempts } from "../../db/begin-attempts"
import {
  addCustomer,
  changeClaim,
  claimNow,
  connect,
  isSomeoneWaiting,
  openClaim,
  openDatabase,
  requestFor,
  RULES,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import type { Database } from "../../db/database"
import { leaseDueClaims } from "../../db/lease-claims"
import { insertNotifications } from "../../db/notifications"
import { Attempt, recordAttempts } from "../../db/record-attempts"
import { recordResend } from "../../db/record-resend"
import { tallyCustomers } from "../../db/tally"
import { declineClaim } from "../decline"
import { eraseAddress } from "../erase"
import { examineRevert } from "../examine"
import { openClaims } from "../open-claims"
import { revertClaim } from "../revert"
import { confirmAndMove, link } from "./presenting"

const GRETA = "greta@example.com"
const OWNER = "a server"
const NOTHING = {
  ...{ claims: 0, canceled: 0, blocks: 0, notifications: 0, events: 0 },
}

describe("the erasure of an address", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() =>
    db.query(
      'TRUNCATE order_claim, notification, staged_job, "order", customer CASCADE'
    )
  )

  const erase = (email = GRETA, options = {}) =>
    eraseAddress(db.pool, email, options)
  const delivery = (response: string): Delivery => ({
    message: "claim-request",
    to: "recipient",
    at: "2026-01-01T00:00:00.000Z",
    outcome: "refused",
    response,
  })
  const set = async (claim: { id: string }, values: object) => {
    for (const [column, value] of Object.entries(values) as [
      string,
      unknown,
    ][]) {
      const isJson = column === "deliveries" || column === "moved_orders"
      await db.query(`UPDATE order_claim SET ${column} = $2 WHERE id = $1`, [
        claim.id,
        isJson ? JSON.stringify(value) : value,
      ])
    }
  }
  const ofGreta = async (status: ClaimStatus, email = GRETA) => {
    const claim = await openClaim(db, { email })
    await set(claim, {
      status,
      next_attempt_at: null,
      last_error: `550 <${email}>: no such user`,
      deliveries: [delivery(`550 no ${email}`), delivery("250 thanks, greta")],
    })
    return claim
  }
  /** The rows of all tables of the plugin, as text. */
  const everything = async () =>
    JSON.stringify([
      await storedClaims(db),
      await storedNotifications(db),
    ]).toLowerCase()

  const OPEN = ["requested", "pending", "sent", "failed", "ineligible"] as const
  const OVER = ["confirmed", "reverted", "declined", "canceled"] as const

  it.each(OPEN)("cancels a claim that is %s", async (status) => {
    const { id } = await ofGreta(status)

    expect(await erase()).toMatchObject({ claims: 1, canceled: 1, blocks: 0 })
    expect(await storedClaim(db, id)).toMatchObject({
      ...{ status: "canceled", resolved_by: "admin", email: "erased" },
      ...{ next_attempt_at: null, to_notify: [], last_error: null },
      resolved_at: expect.any(Date) as Date,
    })
    expect(await everything()).not.toContain("greta")
  })

  it.each(OVER)("leaves a claim %s, without the address", async (status) => {
    const { id, resolved_by } = (await ofGreta(status)) as unknown as Claim
    await set({ id }, { to_notify: ["recipient", "claimant"] })

    expect(await erase()).toMatchObject({ claims: 1, canceled: 0 })
    expect(await storedClaim(db, id)).toMatchObject({
      ...{ status, resolved_by, email: "erased", to_notify: [] },
      ...{ last_error: null, next_attempt_at: null },
      deliveries: [delivery("erased"), delivery("erased")],
    })
    expect(await everything()).not.toContain("greta")
  })

  it("finds it in any case, in all that the plugin has written", async () => {
    const claim = await ofGreta("confirmed", "Greta@Example.COM")
    const { order_ids } = claim
    await set(claim, {
      moved_orders: [
        { id: order_ids[0], customer_id: "cus_1", email: "GRETA@example.com" },
      ],
    })
    const other = await openClaim(db)
    await insertNotifications(db, [
      {
        claim: { ...other, email: GRETA },
        order: {
          id: other.order_ids[0],
          customer_id: other.customer_id,
        } as never,
      },
    ])

    expect(await erase(" GRETA@example.com ")).toEqual({
      ...{ claims: 1, canceled: 0, blocks: 0, events: 0 },
      notifications: 2,
    })
    expect(await everything()).not.toContain("greta")
    const [moved] = (await claimNow(db, claim)).moved_orders
    expect(moved).toEqual({ id: order_ids[0], customer_id: "cus_1" })
  })

  it("takes out what the mail server said of a resend to it", async () => {
    const claim = await openClaim(db, { email: "other@example.com" })
    await set(claim, {
      last_error: `550 ${GRETA} unknown`,
      deliveries: [delivery("250 fine"), delivery(`550 <${GRETA}> unknown`)],
    })

    expect(await erase()).toMatchObject({ claims: 1, canceled: 0 })
    expect(await storedClaim(db, claim.id)).toMatchObject({
      ...{ status: "pending", email: "other@example.com", last_error: null },
      deliveries: [delivery("250 fine"), delivery("erased")],
      next_attempt_at: expect.any(Date) as Date,
    })
  })

  it("leaves everybody else alone", async () => {
    await ofGreta("sent", "margreta@example.com")
    await ofGreta("pending", "greta@example.com.au")
    await ofGreta("declined", "gretaXexample.com@example.com")
    const before = await everything()

    expect(await erase()).toEqual(NOTHING)
    expect(await erase("%@example.com")).toEqual(NOTHING)
    expect(await everything()).toBe(before)
  })

  it("looks at every row of a large table", async () => {
    const last = await ofGreta("sent")
    await db.query(
      `INSERT INTO order_claim (id, customer_id, email, order_ids, status,
         token_issued_at, expires_at)
       SELECT 'a' || n, 'cus_1', 'other@example.com', '{}', 'sent', now(), now()
       FROM generate_series(1, 10000) AS n`
    )
    expect(await erase()).toMatchObject({ claims: 1 })
    expect((await storedClaim(db, last.id)).email).toBe("erased")
  })

  it("ends what the person has asked for, and their own mails", async () => {
    const greta = await addCustomer(db, { email: GRETA })
    const open = await openClaim(db, { claimant: greta })
    const confirmed = await openClaim(db, { claimant: greta })
    await set(confirmed, {
      ...{ status: "confirmed", to_notify: ["claimant", "recipient"] },
      deliveries: [delivery("550 no mailbox of that name")],
    })

    expect(await erase()).toMatchObject({ claims: 2, canceled: 1 })
    expect((await storedClaim(db, open.id)).status).toBe("canceled")
    expect(await storedClaim(db, confirmed.id)).toMatchObject({
      ...{ status: "confirmed", email: confirmed.email },
      // The other side is still to be told.
      to_notify: ["recipient"],
      next_attempt_at: expect.any(Date) as Date,
      deliveries: [delivery("erased")],
    })
  })

  it("takes a given up mail to them out of those that staff may send again", async () => {
    const greta = await addCustomer(db, { email: GRETA })
    const claim = await openClaim(db, { claimant: greta })
    await set(claim, {
      ...{ status: "confirmed", next_attempt_at: null },
      failed_notices: ["claimant", "recipient"],
    })

    expect(await erase()).toMatchObject({ claims: 1, canceled: 0 })
    expect(await storedClaim(db, claim.id)).toMatchObject({
      ...{ failed_notices: ["recipient"], next_attempt_at: null },
    })
    expect(await erase()).toEqual(NOTHING)
  })

  it("keeps a block, which needs no address", async () => {
    const claim = await openClaim(db, { email: GRETA })
    await db.pool.transaction((tx) => declineClaim(tx, link(claim)))

    expect(await erase()).toMatchObject({ claims: 1, blocks: 1 })
    const { customer_id, order_ids } = claim
    const request = requestFor(customer_id, GRETA, order_ids)
    const [again] = await db.pool.transaction((tx) =>
      openClaims(tx, [request], RULES)
    )
    expect(again?.claim).toMatchObject({
      status: "ineligible",
      last_error: "no order may be claimed: 1 declined by its recipient",
    })
  })

  it("leaves the counts of a claimant as they were", async () => {
    const clara = await addCustomer(db)
    const limits = [{ count: 5, windowMs: 3_600_000 }]
    const count = async () =>
      (await tallyCustomers(db, [clara], limits)).get(clara)
    const throttled = await openClaim(db, { email: GRETA, claimant: clara })
    await set(throttled, {
      ...{ status: "throttled", last_error: OVER_LIMIT.customer },
      ...{ origin: "address", next_attempt_at: null },
    })
    const sent = await openClaim(db, { email: GRETA, claimant: clara })
    await set(sent, { status: "sent", attempts: 1 })
    expect(await count()).toEqual([1])

    expect(await erase()).toMatchObject({ claims: 2, canceled: 2 })
    expect(await count()).toEqual([1])
  })

  it("deletes an event that was about to ask, and no other", async () => {
    await db.query(
      `INSERT INTO staged_job (id, event_name, data) VALUES
       ('1', 'order-update-token.created', '{ "old_email": "GRETA@example.com" }'),
       ('2', 'order-update-token.created', '{ "old_email": "a@example.com" }'),
       ('3', 'customer.created', '{ "email": "greta@example.com" }')`
    )
    expect(await erase()).toEqual({ ...NOTHING, events: 1 })
    expect(await db.query("SELECT id FROM staged_job ORDER BY id")).toEqual([
      { id: "2" },
      { id: "3" },
    ])
  })

  it("counts in a dry run, and changes nothing", async () => {
    await ofGreta("sent")
    await ofGreta("declined")
    await db.query(
      `INSERT INTO staged_job (id, event_name, data) VALUES
       ('1', 'order-update-token.created', '{ "old_email": "greta@example.com" }')`
    )
    const before = await everything()
    const counts = {
      ...{ claims: 2, canceled: 1, blocks: 1, notifications: 2, events: 1 },
    }
    expect(await erase(GRETA, { isDryRun: true })).toEqual(counts)
    expect(await everything()).toBe(before)
    expect(await erase()).toEqual(counts)
  })

  it("finds nothing the second time", async () => {
    await addCustomer(db, { email: GRETA })
    await ofGreta("declined")
    await erase()
    expect(await erase()).toEqual(NOTHING)
  })

  it.each([
    "",
    "greta",
    "a@example.com, b@example.com",
    "a@example.com b@example.com",
    "Greta <greta@example.com>",
    7,
    undefined,
  ])("refuses %p", async (email) => {
    await expect(eraseAddress(db.pool, email)).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringMatching(/exactly one email address/) as string,
    })
  })

  it("finds an address that was never mailed, as it is not a plain one", async () => {
    await ofGreta("ineligible", '"greta g"@example.com')
    expect(await erase('"Greta G"@example.com')).toMatchObject({ claims: 1 })
    expect(await everything()).not.toContain("greta")
  })

  describe("while claims are in use", () => {
    const lease = () =>
      db.pool.transaction((tx) =>
        leaseDueClaims(tx, 10, {
          ...{ owner: OWNER, leaseMs: 60_000, linkTtlMs: RULES.linkTtlMs },
        })
      )
    const begin = (claims: ClaimRow[]) =>
      db.pool.transaction((tx) => beginAttempts(tx, OWNER, claims))
    const sent = (claim: ClaimRow): Attempt => ({
      ...{ claim, outcome: "sent", status: "sent", to_notify: [] },
      ...{ lastError: null, retryInMs: null },
      delivery: { ...delivery(`250 <${GRETA}>`), outcome: "accepted" },
    })

    it("keeps a mail from leaving that is merely queued", async () => {
      const claim = await openClaim(db, { email: GRETA })
      const notice = await openClaim(db, { email: GRETA })
      await set(notice, { status: "confirmed", to_notify: ["recipient"] })
      const leased = await lease()
      expect(leased).toHaveLength(2)

      expect(await erase()).toMatchObject({ claims: 2, canceled: 1 })
      expect(await begin(leased)).toEqual(new Set())
      expect((await storedClaim(db, claim.id)).attempts).toBe(0)
    })

    it("waits for a mail on the wire, and takes its outcome out, too", async () => {
      const claim = await openClaim(db, { email: GRETA })
      const leased = await lease()
      await begin(leased)
      let tries = 0
      const watched: Database = {
        query: (sql, parameters) => db.pool.query(sql, parameters),
        transaction: (work) => {
          tries += 1
          return db.pool.transaction(work)
        },
      }
      const erasing = eraseAddress(watched, GRETA)
      await until(() => Promise.resolve(tries > 1))
      expect((await storedClaim(db, claim.id)).email).toBe(GRETA)

      await db.pool.transaction((tx) =>
        recordAttempts(tx, OWNER, leased.map(sent))
      )
      expect(await erasing).toMatchObject({ claims: 1, canceled: 1 })
      expect(await storedClaim(db, claim.id)).toMatchObject({
        ...{ status: "canceled", email: "erased", attempts: 1 },
        sent_at: expect.any(Date) as Date,
      })
      expect(await everything()).not.toContain("greta")
    })

    it("takes nothing from a server that comes back too late", async () => {
      const claim = await openClaim(db, { email: GRETA })
      const leased = await lease()
      await begin(leased)
      await changeClaim(db, claim, "leased_until = now() - interval '1 second'")
      await erase()
      await db.pool.transaction((tx) =>
        recordAttempts(tx, OWNER, leased.map(sent))
      )
      expect(await everything()).not.toContain("greta")
    })

    it("records nothing of a resend that ends afterwards", async () => {
      const claim = await openClaim(db, { email: GRETA })
      await erase()
      const recorded = await db.pool.transaction((tx) =>
        recordResend(tx, sent(claim))
      )
      expect(recorded).toBeUndefined()
      expect(await everything()).not.toContain("greta")
    })

    it("says so, if a claim stays in use, and has done the others", async () => {
      const busy = await openClaim(db, { email: GRETA })
      await begin(await lease())
      const free = await openClaim(db, { email: GRETA })

      await expect(erase(GRETA, { patienceMs: 0 })).rejects.toThrow(
        "1 claim is still being emailed or changed, so the address is not gone yet: run it again"
      )
      expect((await storedClaim(db, free.id)).email).toBe("erased")
      expect((await storedClaim(db, busy.id)).email).toBe(GRETA)
    })

    it("waits for a confirm that has locked its claim", async () => {
      const claim = await openClaim(db, { email: GRETA })
      const holder = await connect(db.url)
      await holder.query("BEGIN")
      await holder.query("SELECT id FROM order_claim FOR UPDATE")
      const erasing = erase()
      await holder.query("UPDATE order_claim SET status = 'confirmed'")
      await holder.query("COMMIT")
      await holder.close()

      await erasing
      expect(await isSomeoneWaiting(db)).toBe(false)
      expect(await storedClaim(db, claim.id)).toMatchObject({
        ...{ status: "confirmed", email: "erased" },
      })
    })
  })

  it("leaves nothing to give the orders back to", async () => {
    const claim = await openClaim(db, { email: GRETA })
    await confirmAndMove(db.pool, link(claim))
    const { id, resolved_at } = await claimNow(db, claim)
    const token = {
      claimId: id,
      confirmedAt: Math.floor(resolved_at!.getTime() / 1000),
      expiresAt: new Date(Date.now() + 60_000),
    }
    await erase()

    expect((await examineRevert(db, token)).status).toBe("stale")
    for (const reverter of [
      { type: "admin", claimId: id },
      { type: "recipient", token },
    ] as const) {
      const reverting = db.pool.transaction((tx) =>
        revertClaim(tx, reverter, () => {
          throw new Error("moved")
        })
      )
      await expect(reverting).rejects.toMatchObject({
        code: "order_claim_stale",
        message: expect.stringContaining("was erased") as string,
      })
    }
  })
})

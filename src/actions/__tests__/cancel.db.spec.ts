import { leaseDueClaims } from "../../db/lease-claims"
import type { ClaimRow } from "../../db/claims"
import {
  addCustomer,
  changeClaim,
  MINUTE,
  openClaim,
  openDatabase,
  stagedEvents,
  storedClaim,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { cancelClaim, Canceler } from "../cancel"
import { confirmAndMove, link, refusalOf } from "./presenting"

const ADMIN: Canceler = { type: "admin" }
const TERMS = { owner: "a", leaseMs: 15_000, linkTtlMs: 15 * MINUTE }

describe("a cancel", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification, staged_job"))

  const cancel = (id: string, canceler: Canceler) =>
    db.pool.transaction((tx) => cancelClaim(tx, id, canceler))
  const claimantOf = ({ customer_id }: ClaimRow): Canceler => ({
    type: "claimant",
    customerId: customer_id,
  })
  const messageOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      ({ type, code, message }: Record<string, string>) => ({
        type,
        code,
        message,
      })
    )

  it.each([
    ["claimant", claimantOf],
    ["admin", () => ADMIN],
  ])("by the %s ends the claim, and its link", async (by, canceler) => {
    const claim = await openClaim(db, { orderCount: 2 })
    await cancel(claim.id, canceler(claim))
    const row = await storedClaim(db, claim.id)
    expect(row).toMatchObject({
      status: "canceled",
      resolved_by: by,
      next_attempt_at: null,
      to_notify: [],
    })
    expect(row.resolved_at).not.toBeNull()
    const notifications = await storedNotifications(db)
    expect(notifications.map(({ data }) => data.status)).toEqual([
      "canceled",
      "canceled",
    ])
    const confirm = confirmAndMove(db.pool, link(claim))
    expect(await refusalOf(confirm)).toBe("order_claim_canceled")
    expect(await stagedEvents(db)).toEqual([])
  })

  it("leaves nothing to mail", async () => {
    const claim = await openClaim(db)
    await cancel(claim.id, claimantOf(claim))
    expect(await leaseDueClaims(db, 10, TERMS)).toEqual([])
  })

  it("keeps the lease of a mail on the wire, so that its outcome is recorded", async () => {
    const claim = await openClaim(db)
    await leaseDueClaims(db, 10, TERMS)
    await cancel(claim.id, claimantOf(claim))
    expect((await storedClaim(db, claim.id)).leased_by).toBe("a")
  })

  it("of another customer's claim looks like that of an unknown one", async () => {
    const claim = await openClaim(db)
    const stranger: Canceler = {
      type: "claimant",
      customerId: await addCustomer(db),
    }
    const before = await storedClaim(db, claim.id)
    const theirs = await messageOf(cancel(claim.id, stranger))
    const unknown = await messageOf(cancel("oclaim_unknown", stranger))
    expect(await storedClaim(db, claim.id)).toEqual(before)
    expect(unknown).toEqual({
      type: "not_found",
      code: undefined,
      message: "There is no order claim with the id oclaim_unknown.",
    })
    expect(theirs).toEqual({
      ...(unknown as object),
      message: `There is no order claim with the id ${claim.id}.`,
    })
  })

  it.each(["confirmed", "declined", "canceled"])(
    "of another customer's claim reveals nothing, even if it is %s",
    async (status) => {
      const claim = await openClaim(db)
      await changeClaim(db, claim, `status = '${status}'`)
      const stranger: Canceler = { type: "claimant", customerId: "cus_other" }
      expect(await messageOf(cancel(claim.id, stranger))).toMatchObject({
        type: "not_found",
      })
    }
  )

  it("of an unknown claim is not found by an admin either", async () => {
    expect(await messageOf(cancel("oclaim_unknown", ADMIN))).toMatchObject({
      type: "not_found",
    })
  })

  it("changes nothing the second time", async () => {
    const claim = await openClaim(db)
    await cancel(claim.id, claimantOf(claim))
    const before = await storedClaim(db, claim.id)
    await cancel(claim.id, claimantOf(claim))
    expect(await storedClaim(db, claim.id)).toEqual(before)
  })

  it.each([
    ["claimant", claimantOf],
    ["admin", () => ADMIN],
  ])(
    "of a confirmed claim is refused, whoever asks: the %s",
    async (_, canceler) => {
      const claim = await openClaim(db)
      await changeClaim(db, claim, "status = 'confirmed'")
      const before = await storedClaim(db, claim.id)
      expect(await refusalOf(cancel(claim.id, canceler(claim)))).toBe(
        "order_claim_used"
      )
      expect(await storedClaim(db, claim.id)).toEqual(before)
    }
  )

  it("of a declined claim is the admin's alone", async () => {
    const claim = await openClaim(db)
    await changeClaim(db, claim, "status = 'declined'")
    expect(await refusalOf(cancel(claim.id, claimantOf(claim)))).toBe(
      "order_claim_declined"
    )
    expect((await storedClaim(db, claim.id)).status).toBe("declined")
    await cancel(claim.id, ADMIN)
    expect(await storedClaim(db, claim.id)).toMatchObject({
      status: "canceled",
      resolved_by: "admin",
    })
  })

  it.each(["sent", "failed", "throttled", "ineligible"])(
    "works for a claim that is %s",
    async (status) => {
      const claim = await openClaim(db)
      await changeClaim(db, claim, `status = '${status}'`)
      await cancel(claim.id, claimantOf(claim))
      expect((await storedClaim(db, claim.id)).status).toBe("canceled")
    }
  )
})

import { MedusaError } from "medusa-core-utils"
import {
  addCustomer,
  changeClaim,
  openClaim,
  openDatabase,
  storedClaim,
  TestDatabase,
} from "../../db/__tests__/test-database"
import type { PresentedToken } from "../../claims/claim-token"
import type { ConfirmRules } from "../confirm"
import {
  changeOrder,
  confirmAndMove,
  eventTokenOf,
  link,
  refusalOf,
} from "./presenting"

describe("a confirm", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(() => db.query("TRUNCATE order_claim, notification"))

  const confirm = (
    token: PresentedToken,
    rules: Partial<ConfirmRules> = {},
    customerId?: string
  ) => confirmAndMove(db.pool, token, rules, customerId)

  describe("with require_login", () => {
    const rules = { requireLogin: true }

    it("is possible for the claimant", async () => {
      const claim = await openClaim(db)
      const done = await confirm(link(claim), rules, claim.customer_id)
      expect(done?.moving).toEqual(claim.order_ids)
    })

    it.each([
      ["nobody", () => Promise.resolve(undefined)],
      ["somebody else", () => addCustomer(db)],
      [
        "a customer with the recipient's address",
        (email: string) => addCustomer(db, { email }),
      ],
    ])("is refused to %s, and changes nothing", async (_, find) => {
      const claim = await openClaim(db)
      const before = await storedClaim(db, claim.id)
      const somebody = await find(claim.email)
      await expect(confirm(link(claim), rules, somebody)).rejects.toMatchObject(
        { type: MedusaError.Types.UNAUTHORIZED }
      )
      expect(await storedClaim(db, claim.id)).toEqual(before)
    })

    it("is refused to others with the event's own token as well", async () => {
      const claim = await openClaim(db)
      await expect(
        confirm(eventTokenOf(claim), rules, await addCustomer(db))
      ).rejects.toMatchObject({ type: MedusaError.Types.UNAUTHORIZED })
    })

    it("is the claimant's alone the second time, too", async () => {
      const claim = await openClaim(db)
      await confirm(link(claim), rules, claim.customer_id)
      await expect(confirm(link(claim), rules)).rejects.toMatchObject({
        type: MedusaError.Types.UNAUTHORIZED,
      })
      const again = confirm(link(claim), rules, claim.customer_id)
      expect(await again).toBeUndefined()
    })

    it("with a dead link says so, whichever customer is logged in", async () => {
      const claim = await openClaim(db)
      await changeClaim(db, claim, "expires_at = now()")
      expect(await refusalOf(confirm(link(claim), rules))).toBe(
        "order_claim_expired"
      )
    })
  })

  it("is possible for anyone with the link without require_login", async () => {
    const claim = await openClaim(db)
    const stranger = await addCustomer(db)
    const done = await confirm(link(claim), {}, stranger)
    expect(done?.claimant.id).toBe(claim.customer_id)
  })

  describe("is to be mailed about", () => {
    it("to the old address and the claimant, at once", async () => {
      const claim = await openClaim(db)
      const done = await confirm(link(claim))
      expect(done?.claim.to_notify).toEqual(["recipient", "claimant"])
      const row = await storedClaim(db, claim.id)
      expect(row).toMatchObject({
        status: "confirmed",
        to_notify: ["recipient", "claimant"],
      })
      expect(row.next_attempt_at).toEqual(row.resolved_at)
    })

    it("once if both have the same address", async () => {
      const email = "both@example.com"
      const claimant = await addCustomer(db, { email })
      const shouted = email.toUpperCase()
      const claim = await openClaim(db, { claimant, email: shouted })
      const done = await confirm(link(claim))
      expect(done?.moving).toEqual(claim.order_ids)
      expect(done?.claim.to_notify).toEqual(["recipient"])
    })

    it("to nobody if the shop does not want it", async () => {
      const claim = await openClaim(db)
      const done = await confirm(link(claim), { notifyOnConfirm: false })
      expect(done?.claim.to_notify).toEqual([])
      expect(await storedClaim(db, claim.id)).toMatchObject({
        to_notify: [],
        next_attempt_at: null,
      })
    })

    it("to nobody if nothing changes hands", async () => {
      const claim = await openClaim(db)
      const assignments = `customer_id = '${claim.customer_id}'`
      await changeOrder(db, claim.order_ids[0], assignments)
      const done = await confirm(link(claim))
      expect(done?.moving).toEqual([])
      expect(await storedClaim(db, claim.id)).toMatchObject({
        status: "confirmed",
        to_notify: [],
        next_attempt_at: null,
      })
    })

    it("to nobody a second time", async () => {
      const claim = await openClaim(db)
      await confirm(link(claim))
      await changeClaim(db, claim, "to_notify = '{}', next_attempt_at = NULL")
      await confirm(link(claim))
      expect(await storedClaim(db, claim.id)).toMatchObject({
        to_notify: [],
        next_attempt_at: null,
      })
    })
  })
})

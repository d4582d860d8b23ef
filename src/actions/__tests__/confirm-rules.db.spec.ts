import { MedusaError } from "medusa-core-utils"
import {
  addCustomer,
  addOrder,
  changeClaim,
  connect,
  isSomeoneWaiting,
  openClaim,
  openDatabase,
  requestFor,
  storedClaim,
  storedClaims,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import type { PresentedToken } from "../../claims/claim-token"
import type { ConfirmRules } from "../confirm"
import {
  changeOrder,
  confirmAndMove,
  eventToken,
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

  describe("for the claimant's own address", () => {
    const unauthorized = {
      type: MedusaError.Types.UNAUTHORIZED,
      code: "order_claim_login_required",
    }
    let people = 0
    const addressOf = (id: string, email: string) =>
      db.query("UPDATE customer SET email = $2 WHERE id = $1", [id, email])
    /** A stranger has registered with the address of a guest, and asks. */
    const openOwn = async () => {
      const email = `greta-${++people}@example.com`
      const claimant = await addCustomer(db, { email })
      const claim = await openClaim(db, { claimant, email })
      return { claim, claimant, email }
    }
    const isRefused = async (
      token: PresentedToken,
      claim: { id: string },
      customerId?: string
    ) => {
      const before = await storedClaim(db, claim.id)
      const confirming = confirm(token, {}, customerId)
      await expect(confirming).rejects.toMatchObject(unauthorized)
      expect(await storedClaim(db, claim.id)).toEqual(before)
    }

    it("is possible for the claimant alone, whatever the shop's rule", async () => {
      const { claim, claimant } = await openOwn()
      await isRefused(link(claim), claim)
      await isRefused(link(claim), claim, await addCustomer(db))
      await isRefused(eventTokenOf(claim), claim)

      const done = await confirm(link(claim), {}, claimant)
      expect(done?.moving).toEqual(claim.order_ids)
    })

    it("is the claimant's alone the second time, too", async () => {
      const { claim, claimant } = await openOwn()
      await confirm(link(claim), {}, claimant)
      await isRefused(link(claim), claim)
      expect(await confirm(link(claim), {}, claimant)).toBeUndefined()
    })

    it("stays so when the account has another address by now", async () => {
      const { claim, claimant } = await openOwn()
      await addressOf(claimant, "elsewhere@example.com")
      await isRefused(link(claim), claim)
      await isRefused(eventTokenOf(claim), claim)
      await confirm(link(claim), {}, claimant)
    })

    it("becomes so when the account takes the address later", async () => {
      const claim = await openClaim(db)
      await addressOf(claim.customer_id, claim.email.toUpperCase())
      await isRefused(link(claim), claim)
      await confirm(link(claim), {}, claim.customer_id)
    })

    it("is judged by the address at the commit, not at the start", async () => {
      const claim = await openClaim(db)
      const other = await connect(db.url)
      await other.query("BEGIN")
      await other.query("UPDATE customer SET email = $2 WHERE id = $1", [
        claim.customer_id,
        claim.email,
      ])
      const confirming = confirm(link(claim)).catch((error: unknown) => error)
      await until(() => isSomeoneWaiting(other))
      await other.query("COMMIT")
      await other.close()
      expect(await confirming).toMatchObject(unauthorized)
    })

    it("holds for a claim that the event's own token would open", async () => {
      const { claimant, email } = await openOwn()
      await db.query("TRUNCATE order_claim")
      const request = requestFor(claimant, email, [await addOrder(db, email)])
      const token = eventToken(request)
      await expect(confirm(token)).rejects.toMatchObject(unauthorized)
      expect(await storedClaims(db)).toEqual([])

      const done = await confirm(token, {}, claimant)
      expect(done?.claim).toMatchObject({
        status: "confirmed",
        own_address: true,
      })
    })

    it("with a link that is of no use says that first", async () => {
      const { claim } = await openOwn()
      await changeOrder(db, claim.order_ids[0], "status = 'canceled'")
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_stale")
      await changeClaim(db, claim, "expires_at = now()")
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_expired")
      await changeClaim(db, claim, "status = 'declined'")
      expect(await refusalOf(confirm(link(claim)))).toBe("order_claim_declined")
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
      const done = await confirm(link(claim), {}, claimant)
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

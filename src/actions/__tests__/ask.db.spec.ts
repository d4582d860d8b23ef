import type { AddressRequest } from "../../claims/address-request"
import {
  addCustomer,
  addOrder,
  addOrders,
  changeClaim,
  claimNow,
  openDatabase,
  RULES,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"
import { askForOrders } from "../ask"
import { cancelClaim } from "../cancel"
import type { OpeningRules } from "../decide-claim"
import { openRequestedClaim } from "../open-requested"
import { confirmAndMove, link } from "./presenting"

const OWN = "clara@example.com"
const OLD = "old@example.com"
const ONE_AN_HOUR = [{ count: 1, windowMs: 3_600_000 }]

describe("a request for the orders of an address", () => {
  let db: TestDatabase
  let clara: string
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(
      'TRUNCATE order_claim, notification, staged_job, "order" CASCADE'
    )
    clara = await addCustomer(db, { email: OWN })
  })

  const ask = (
    request: AddressRequest = {},
    customer = clara,
    rules: Partial<OpeningRules> = {}
  ) =>
    db.pool.transaction((tx) =>
      askForOrders(tx, customer, request, { ...RULES, ...rules })
    )
  const open = (id: string, rules: Partial<OpeningRules> = {}) =>
    db.pool.transaction((tx) =>
      openRequestedClaim(tx, id, { ...RULES, ...rules })
    )
  const askAndOpen = async (
    request?: AddressRequest,
    rules?: Partial<OpeningRules>
  ) => {
    const { id } = await ask(request)
    await open(id, rules)
    return storedClaim(db, id)
  }

  it("is on record before any order is looked for", async () => {
    await addOrders(db, OLD, 2)
    const { id } = await ask({ email: OLD, display_id: 1042 })
    expect(await storedClaim(db, id)).toMatchObject({
      customer_id: clara,
      email: OLD,
      status: "requested",
      origin: "address",
      display_id: 1042,
      own_address: false,
      order_ids: [],
      event_token_hash: null,
      next_attempt_at: null,
    })
    expect(await storedNotifications(db)).toEqual([])
  })

  it("is for the account's own address by default", async () => {
    const { id } = await ask()
    expect(await storedClaim(db, id)).toMatchObject({
      email: OWN,
      own_address: true,
    })
  })

  it("is for the own address, however it is written", async () => {
    expect((await ask({ email: "Clara@EXAMPLE.com" })).own_address).toBe(true)
  })

  it("is refused to a customer without an account", async () => {
    const guest = await addCustomer(db, { email: OLD, has_account: false })
    for (const customer of [guest, "cus_unknown"]) {
      await expect(ask({}, customer)).rejects.toMatchObject({
        type: "unauthorized",
      })
    }
    expect(await storedClaims(db)).toEqual([])
  })

  describe("twice", () => {
    it("is one claim while it waits, whatever became of it", async () => {
      const first = await ask({ email: OLD })
      expect((await ask({ email: "OLD@example.com" })).id).toBe(first.id)
      for (const status of ["pending", "sent", "failed", "ineligible"]) {
        await changeClaim(db, first, `status = '${status}'`)
        expect((await ask({ email: OLD })).id).toBe(first.id)
      }
      expect(await storedClaims(db)).toHaveLength(1)
    })

    it("at once is one claim", async () => {
      const asked = await Promise.all(
        Array.from({ length: 12 }, () => ask({ email: OLD }))
      )
      expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
    })

    it("is a second claim if it asks for something else", async () => {
      const channels = { sales_channel_ids: ["sc_b", "sc_a"] }
      const requests = [
        {},
        { email: OLD },
        { email: OLD, display_id: 1 },
        { email: OLD, display_id: 2 },
        { email: OLD, ...channels },
      ]
      const ids = new Set<string>()
      for (const request of requests) ids.add((await ask(request)).id)
      ids.add((await ask({ email: OLD }, await addCustomer(db))).id)
      expect(ids.size).toBe(6)

      const sorted = { sales_channel_ids: ["sc_a", "sc_b"] }
      expect(ids).toContain((await ask({ email: OLD, ...sorted })).id)
    })

    it("is a second claim once the first is over", async () => {
      const ids = new Set<string>()
      for (const end of [
        "status = 'confirmed'",
        "status = 'declined'",
        "status = 'canceled'",
        "created_at = now() - interval '15 minutes'",
      ]) {
        const claim = await ask({ email: OLD })
        ids.add(claim.id)
        await changeClaim(db, claim, end)
      }
      expect(ids.size).toBe(4)
    })

    describe("after a link was mailed late, or renewed", () => {
      const LATER = "expires_at = now() + interval '10 minutes'"
      const OVER = `created_at = now() - interval '15 minutes', ${LATER}`

      it("is a second claim at the time at which an empty address has one", async () => {
        await addOrder(db, OLD)
        const real = await askAndOpen({ email: OLD })
        await changeClaim(
          db,
          real,
          `created_at = now() - interval '899 s', ${LATER}`
        )
        expect((await ask({ email: OLD })).id).toBe(real.id)
        await changeClaim(db, real, OVER)
        expect((await ask({ email: OLD })).id).not.toBe(real.id)
      })

      it("mails one more link, and the first still works", async () => {
        await addOrder(db, OLD)
        const first = await askAndOpen({ email: OLD })
        await changeClaim(db, first, OVER)
        const second = await askAndOpen({ email: OLD })
        expect(second).toMatchObject({
          status: "pending",
          order_ids: first.order_ids,
        })
        expect((await ask({ email: OLD })).id).toBe(second.id)
        expect(await storedClaims(db)).toHaveLength(2)
        await confirmAndMove(db.pool, link(await claimNow(db, first)))
        expect((await claimNow(db, first)).status).toBe("confirmed")
        expect(
          await confirmAndMove(db.pool, link(await claimNow(db, second)))
        ).toMatchObject({ moving: [] })
      })

      it("stays within the limit of the address", async () => {
        await addOrder(db, OLD)
        const perCustomer = [{ count: 20, windowMs: 3_600_000 }]
        const limits = { perRecipient: ONE_AN_HOUR, perCustomer }
        const first = await askAndOpen({ email: OLD }, { limits })
        await changeClaim(db, first, OVER)
        const second = await askAndOpen({ email: OLD }, { limits })
        expect(second.status).toBe("throttled")
        expect((await ask({ email: OLD })).id).toBe(second.id)
      })
    })
  })

  describe("far too often", () => {
    const perCustomer = [
      { count: 2, windowMs: 3_600_000 },
      { count: 3, windowMs: 24 * 3_600_000 },
    ]
    const limits = { perRecipient: ONE_AN_HOUR, perCustomer }
    const askForNumber = (display_id: number, customer = clara) =>
      ask({ email: OLD, display_id }, customer, { limits })
    const askForNumbers = async (from: number, to: number) => {
      for (let n = from; n <= to; n++) await askForNumber(n)
    }
    const letPass = (minutes: number) =>
      db.query(
        `UPDATE order_claim
         SET created_at = created_at - $1 * interval '1 minute'`,
        [minutes]
      )
    const problemOf = (work: Promise<unknown>) =>
      work.then(
        () => "done",
        ({ type, code, message }: Record<string, string>) =>
          `${type} ${code} ${message}`
      )
    const refusedFor = (time: string) =>
      `not_allowed order_claim_throttled You have asked for orders too often. Try again in ${time}.`

    it("is refused at five times the limit of the customer, and writes nothing", async () => {
      await askForNumbers(1, 10)
      const before = await storedClaims(db)
      expect(await problemOf(askForNumber(11))).toBe(refusedFor("60 minutes"))
      expect(await storedClaims(db)).toEqual(before)
    })

    it("is refused whatever became of the requests before", async () => {
      await askForNumbers(1, 10)
      const statuses = ["throttled", "ineligible", "canceled", "sent"]
      for (const [n, claim] of (await storedClaims(db)).entries()) {
        const status = statuses[n % statuses.length]!
        await changeClaim(db, claim, `status = '${status}'`)
      }
      expect(await problemOf(askForNumber(11))).toBe(refusedFor("60 minutes"))
    })

    it("still gives the claim that waits for the same orders", async () => {
      await askForNumbers(1, 10)
      const first = (await storedClaims(db)).find((c) => c.display_id === 1)
      expect((await askForNumber(1)).id).toBe(first!.id)
    })

    it("says when it is possible again, by the limit that lasts longest", async () => {
      await askForNumbers(1, 5)
      await letPass(30)
      await askForNumbers(6, 10)
      expect(await problemOf(askForNumber(11))).toBe(refusedFor("30 minutes"))
      await letPass(30)
      await askForNumbers(11, 15)
      expect(await problemOf(askForNumber(16))).toBe(refusedFor("23 hours"))
      await letPass(23 * 60)
      await askForNumber(16)
    })

    it("concerns no other customer, and no claim with ids or of staff", async () => {
      await askForNumbers(1, 10)
      await askForNumber(11, await addCustomer(db))
      const [claim] = await storedClaims(db)
      await changeClaim(db, claim!, "origin = 'order_ids'")
      await askForNumber(12)
      expect(await problemOf(askForNumber(13))).toMatch(/^not_allowed/)
    })

    it("is refused to one of many that come at once", async () => {
      const asked = await Promise.all(
        Array.from({ length: 15 }, (_, n) => problemOf(askForNumber(n + 1)))
      )
      expect(asked.filter((problem) => problem === "done")).toHaveLength(10)
      expect(await storedClaims(db)).toHaveLength(10)
    })

    it("is not refused without limits", async () => {
      for (let n = 1; n <= 20; n++) await ask({ display_id: n })
      expect(await storedClaims(db)).toHaveLength(20)
    })
  })

  describe("once its orders are looked up", () => {
    it("is due at once, with a notification for each order", async () => {
      const orders = await addOrders(db, OLD, 3)
      const claim = await askAndOpen({ email: OLD })
      expect(claim).toMatchObject({ status: "pending", last_error: null })
      expect([...claim.order_ids].sort()).toEqual(orders)
      expect(claim.next_attempt_at).toBeInstanceOf(Date)
      const notified = await storedNotifications(db)
      expect(notified.map(({ resource_id }) => resource_id)).toEqual(orders)
      expect(notified[0]).toMatchObject({
        to: OLD,
        data: { order_claim_id: claim.id, order_count: 3, status: "pending" },
      })
    })

    it("is ineligible without any, and says so to staff alone", async () => {
      expect(await askAndOpen({ email: OLD })).toMatchObject({
        status: "ineligible",
        order_ids: [],
        last_error: "no order to claim was found",
        next_attempt_at: null,
      })
      expect(await storedNotifications(db)).toEqual([])
    })

    it("is throttled over a limit, and mails nothing", async () => {
      await addOrder(db, OLD)
      await addOrder(db, OWN)
      const limits = { perRecipient: ONE_AN_HOUR, perCustomer: ONE_AN_HOUR }
      const first = await askAndOpen({ email: OLD }, { limits })
      const second = await askAndOpen({}, { limits })
      expect([first.status, second.status]).toEqual(["pending", "throttled"])
      expect(await storedNotifications(db)).toHaveLength(1)
    })

    it("counts for its customer even if there is no order", async () => {
      await addOrder(db, OWN)
      const limits = { perRecipient: ONE_AN_HOUR, perCustomer: ONE_AN_HOUR }
      const first = await askAndOpen({ email: OLD }, { limits })
      const second = await askAndOpen({}, { limits })
      const third = await askAndOpen({ email: "no@example.com" }, { limits })
      expect([first, second, third].map(({ status }) => status)).toEqual([
        "ineligible",
        "throttled",
        "throttled",
      ])
      expect(second.order_ids).toEqual([])
    })

    it("counts for its customer if the address is over its limit, as one without orders does", async () => {
      await addOrder(db, OLD)
      const [order] = await db.query<{ display_id: number }>(
        'SELECT display_id FROM "order"'
      )
      const limits = {
        perRecipient: ONE_AN_HOUR,
        perCustomer: [{ count: 2, windowMs: 3_600_000 }],
      }
      const { id } = await ask({ email: OLD }, await addCustomer(db))
      await open(id, { limits })

      const requests = [{}, order, { display_id: 0 }]
      const reasons = []
      for (const request of requests) {
        const claim = await askAndOpen({ email: OLD, ...request }, { limits })
        reasons.push(claim.last_error)
      }
      expect(reasons).toEqual([
        "over the limit for this address",
        "over the limit for this address",
        "over the limit for this customer",
      ])
    })

    it("is opened once, by whichever server comes first", async () => {
      await addOrder(db, OLD)
      const { id } = await ask({ email: OLD })
      const opened = await Promise.all([open(id), open(id), open(id)])
      expect(opened.filter(Boolean)).toHaveLength(1)
      expect(await storedNotifications(db)).toHaveLength(1)
    })

    it("stays canceled if its claimant was faster", async () => {
      await addOrder(db, OLD)
      const { id } = await ask({ email: OLD })
      await cancelClaim(db, id, { type: "claimant", customerId: clara })
      expect(await open(id)).toBeUndefined()
      expect((await claimNow(db, { id })).status).toBe("canceled")
    })

    it("has the language of its newest order", async () => {
      const order = await addOrder(db, OLD)
      await db.query(
        `INSERT INTO cart (id, region_id, type, context)
         SELECT 'cart_de', id, 'default', '{"locale": "de"}'
         FROM region LIMIT 1`
      )
      await db.query('UPDATE "order" SET cart_id = $1 WHERE id = $2', [
        "cart_de",
        order,
      ])
      expect((await askAndOpen({ email: OLD })).locale).toBe("de")
    })
  })
})

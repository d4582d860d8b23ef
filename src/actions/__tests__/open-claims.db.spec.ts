import type { ClaimRow } from "../../db/claims"
import type { Limit, Limits } from "../../claims/limits"
import type { OpeningRequest, OpeningRules } from "../decide-claim"
import { openClaims } from "../open-claims"
import {
  addCustomer,
  addOrder,
  addOrders,
  connect,
  MINUTE,
  openDatabase,
  requestFor,
  RULES,
  storedClaim,
  storedClaims,
  storedNotifications,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

import type { Queryable } from "../../db/database"

const GUEST = "greta@example.com"

const limit = (perRecipient: number, perCustomer: number): Limits => ({
  perRecipient: [{ count: perRecipient, windowMs: 60 * MINUTE }],
  perCustomer: [{ count: perCustomer, windowMs: 60 * MINUTE }],
})

const perDay = (limits: Limit[]): Limit[] =>
  limits.map(({ count }) => ({ count, windowMs: 24 * 60 * MINUTE }))

describe("opening claims", () => {
  let db: TestDatabase
  let clara: string

  beforeAll(async () => {
    db = await openDatabase()
    clara = await addCustomer(db, { email: "clara@example.com" })
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query("TRUNCATE order_claim, notification")
  })

  const open = (
    requests: OpeningRequest[],
    rules: Partial<OpeningRules> = {}
  ) =>
    db.pool.transaction((tx) =>
      openClaims(tx, requests, { ...RULES, ...rules })
    )
  const openOne = async (
    request: OpeningRequest,
    rules: Partial<OpeningRules> = {}
  ) => {
    const [opened] = await open([request], rules)
    return opened!
  }
  const statuses = (opened: Awaited<ReturnType<typeof open>>) =>
    opened.map(({ claim }) => claim.status)

  it("writes a claim that is due at once, with one notification per order", async () => {
    const orders = await addOrders(db, GUEST, 2)
    const request = requestFor(clara, GUEST, orders)
    const { claim, isNew } = await openOne(request)

    expect(isNew).toBe(true)
    expect(claim).toMatchObject({
      id: expect.stringMatching(/^oclaim_/) as string,
      customer_id: clara,
      email: GUEST,
      order_ids: orders,
      status: "pending",
      token_generation: 1,
      attempts: 0,
      last_error: null,
    })
    const [row] = await storedClaims(db)
    const { retries_since, deferrals, ...columns } = claim as ClaimRow
    expect(deferrals).toBe(0)
    expect(retries_since).toEqual(claim.created_at)
    expect(row).toMatchObject({ ...columns, leased_by: null, deliveries: [] })
    expect(row?.next_attempt_at?.getTime()).toBeLessThanOrEqual(Date.now())

    const [guest] = await db.query<{ id: string }>(
      'SELECT customer_id AS id FROM "order" WHERE id = $1',
      [orders[0]]
    )
    expect(await storedNotifications(db)).toMatchObject(
      orders.map((resource_id) => ({
        id: expect.stringMatching(/^noti_/) as string,
        resource_type: "order",
        resource_id,
        customer_id: guest?.id,
        to: GUEST,
        event_name: "order-update-token.created",
        provider_id: "order-claim",
        data: {
          order_claim_id: claim.id,
          order_count: 2,
          status: "pending",
          last_error: null,
        },
      }))
    )
  })

  it("counts the token's lifetime in whole seconds", async () => {
    const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
    const { claim } = await openOne(request, { linkTtlMs: 2 * MINUTE })
    const [issued, expires] = [claim.token_issued_at, claim.expires_at]
    expect(issued.getMilliseconds()).toBe(0)
    expect(expires.getTime() - issued.getTime()).toBe(2 * MINUTE)
    expect(Date.now() - issued.getTime()).toBeLessThan(5000)
  })

  it("takes 3,000 orders, with their number in each notification", async () => {
    const orders = await addOrders(db, GUEST, 3000)
    const { claim } = await openOne(requestFor(clara, GUEST, orders))
    expect(claim.order_ids).toEqual(orders)

    const notifications = await storedNotifications(db)
    expect(notifications.map(({ resource_id }) => resource_id)).toEqual(orders)
    const sizes = notifications.map(({ data }) => JSON.stringify(data).length)
    expect(Math.max(...sizes)).toBeLessThan(200)
  })

  describe("an event that arrives again", () => {
    it("changes nothing", async () => {
      const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
      const first = await openOne(request)
      const before = await storedClaims(db)
      const again = await openOne({ ...request, email: "eve@evil.example" })

      expect(again).toEqual({ claim: first.claim, isNew: false })
      expect(await storedClaims(db)).toEqual(before)
      expect(await storedNotifications(db)).toHaveLength(1)
    })

    it("in the same burst is one claim", async () => {
      const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
      const opened = await open([request, request, request])
      expect(new Set(opened.map(({ claim }) => claim.id)).size).toBe(1)
      expect(await storedClaims(db)).toHaveLength(1)
      expect(await storedNotifications(db)).toHaveLength(1)
    })

    it("in the same burst is recorded by the first alone", async () => {
      const order = await addOrder(db, GUEST)
      const request = requestFor(clara, GUEST, [order])
      const opened = await open([
        request,
        { ...request, recordedByCore: order },
      ])

      expect(opened.map(({ isNew }) => isNew)).toEqual([true, false])
      expect(await storedNotifications(db)).toHaveLength(1)

      await db.query("TRUNCATE order_claim, notification")
      await open([{ ...request, recordedByCore: order }, request])
      expect(await storedNotifications(db)).toEqual([])
    })

    it("on ten servers at once is one claim, new for one of them", async () => {
      const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
      const opened = await Promise.all(
        Array.from({ length: 10 }, () => openOne(request))
      )
      expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1)
      expect(await storedClaims(db)).toHaveLength(1)
      expect(await storedNotifications(db)).toHaveLength(1)
    })

    it("does not count against the limits", async () => {
      const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
      const limits = limit(2, 2)
      await openOne(request, { limits })
      await openOne(request, { limits })
      const other = requestFor(clara, GUEST, request.order_ids)
      expect((await openOne(other, { limits })).claim.status).toBe("pending")
    })
  })

  it("returns 1,000 claims in the order of their requests", async () => {
    const orders = await addOrders(db, GUEST, 1000)
    const requests = orders.map((id) => requestFor(clara, GUEST, [id]))
    const opened = await open(requests)
    expect(opened.map(({ claim }) => claim.order_ids)).toEqual(
      orders.map((id) => [id])
    )
    expect(await storedClaims(db)).toHaveLength(1000)
    expect(await storedNotifications(db)).toHaveLength(1000)
  })

  it("opens nothing without requests", async () => {
    expect(await open([])).toEqual([])
  })

  describe("within the limits", () => {
    it("mails the first of a burst to one address, and records the others", async () => {
      const orderIds = [await addOrder(db, GUEST)]
      const claimants = await Promise.all(
        Array.from({ length: 4 }, () => addCustomer(db))
      )
      const requests = claimants.map((id, i) =>
        requestFor(id, i % 2 ? GUEST : GUEST.toUpperCase(), orderIds)
      )
      const opened = await open(requests, { limits: limit(2, 9) })
      expect(statuses(opened)).toEqual([
        "pending",
        "pending",
        "throttled",
        "throttled",
      ])
      expect(await storedNotifications(db)).toHaveLength(2)
      expect(await storedClaim(db, opened[3]!.claim.id)).toMatchObject({
        last_error: "over the limit for this address",
        next_attempt_at: null,
      })
    })

    it("mails the first claims of one claimant", async () => {
      const requests = []
      for (const email of ["a@example.com", "b@example.com", "c@example.com"]) {
        requests.push(requestFor(clara, email, [await addOrder(db, email)]))
      }
      const opened = await open(requests, { limits: limit(9, 2) })
      expect(statuses(opened)).toEqual(["pending", "pending", "throttled"])
    })

    it.each([
      ["pending", "throttled"],
      ["sent", "throttled"],
      ["confirmed", "throttled"],
      ["declined", "throttled"],
      ["canceled", "throttled"],
      ["failed", "throttled"],
      ["throttled", "pending"],
      ["ineligible", "pending"],
    ])("after a claim that is %s the next is %s", async (status, expected) => {
      const orderIds = [await addOrder(db, GUEST)]
      await openOne(requestFor(clara, GUEST, orderIds))
      // Attempts count as mails: see tally.db.spec.ts.
      await db.query(
        `UPDATE order_claim SET status = $1::varchar,
           attempts = ($1::varchar NOT IN ('pending', 'throttled', 'ineligible'))::int,
           confirmed_generation = CASE $1::varchar WHEN 'confirmed' THEN 1 END`,
        [status]
      )

      const other = await addCustomer(db)
      for (const limits of [limit(1, 9), limit(9, 1)]) {
        const [byWhom, toWhom] =
          limits.perCustomer[0]?.count === 1
            ? [clara, "else@example.com"]
            : [other, GUEST]
        const ids = toWhom === GUEST ? orderIds : [await addOrder(db, toWhom)]
        const request = requestFor(byWhom, toWhom, ids)
        expect((await openOne(request, { limits })).claim.status).toBe(expected)
      }
    })

    it("ignores the case of an address", async () => {
      const orderIds = [await addOrder(db, GUEST)]
      const limits = limit(1, 9)
      const ask = async (recipient: string) => {
        const request = requestFor(clara, recipient, orderIds)
        return (await openOne(request, { limits })).claim.status
      }
      expect(await ask("Greta@Example.com")).toBe("pending")
      expect(await ask(GUEST)).toBe("throttled")
      expect(await ask("GRETA@EXAMPLE.COM")).toBe("throttled")
    })

    it("does not count claims older than the window", async () => {
      const orderIds = [await addOrder(db, GUEST)]
      const limits = limit(1, 1)
      await openOne(requestFor(clara, GUEST, orderIds), { limits })
      const again = () =>
        openOne(requestFor(clara, GUEST, orderIds), { limits })
      await age("59 minutes")
      expect((await again()).claim.status).toBe("throttled")
      await age("61 minutes")
      expect((await again()).claim.status).toBe("pending")
    })

    it.each([
      ["a recipient", limit(2, 9), limit(3, 9)],
      ["a customer", limit(9, 2), limit(9, 3)],
    ])("holds each of several for %s", async (_, anHour, aDay) => {
      const orderIds = [await addOrder(db, GUEST)]
      const limits: Limits = {
        perRecipient: [...anHour.perRecipient, ...perDay(aDay.perRecipient)],
        perCustomer: [...anHour.perCustomer, ...perDay(aDay.perCustomer)],
      }
      const ask = async () => {
        const request = requestFor(clara, GUEST, orderIds)
        return (await openOne(request, { limits })).claim.status
      }
      expect([await ask(), await ask(), await ask()]).toEqual([
        "pending",
        "pending",
        "throttled",
      ])
      await age("61 minutes")
      expect([await ask(), await ask()]).toEqual(["pending", "throttled"])
      await age("23 hours")
      expect(await ask()).toBe("throttled")
      await age("25 hours")
      expect([await ask(), await ask(), await ask()]).toEqual([
        "pending",
        "pending",
        "throttled",
      ])
    })

    it("waits for another that counts at the same time", async () => {
      const orderIds = [await addOrder(db, GUEST)]
      const rules = { ...RULES, limits: limit(1, 9) }
      const ask = (changes = {}) => requestFor(clara, GUEST, orderIds, changes)
      const observer = await connect(db.url)
      let second: ReturnType<typeof open> | undefined
      await db.pool.transaction(async (tx) => {
        await openClaims(tx, [ask()], rules)
        second = open([ask()], rules)
        await until(async () => {
          const waiting = await observer.query(
            `SELECT pid FROM pg_stat_activity
             WHERE datname = current_database() AND wait_event = 'advisory'`
          )
          return waiting.length > 0
        })
      })
      await observer.close()
      expect(statuses((await second) ?? [])).toEqual(["throttled"])
    })

    it("does not wait with a claim that needs no mail", async () => {
      const orderIds = [await addOrder(db, GUEST)]
      const ask = (changes = {}) => requestFor(clara, GUEST, orderIds, changes)
      await db.pool.transaction(async (tx) => {
        await openClaims(tx, [ask()], RULES)
        // If it waited for the lock, it would hang here.
        expect(await open([ask({ unmailed: true })])).toHaveLength(1)
      })
    })

    it("does not count a claim that was confirmed before any mail", async () => {
      const limits = limit(1, 1)
      const orders = [await addOrder(db, GUEST)]
      const { claim } = await openOne(
        requestFor(clara, GUEST, orders, { unmailed: true }),
        { limits }
      )
      await db.query(
        "UPDATE order_claim SET status = 'confirmed', confirmed_generation = 0 WHERE id = $1",
        [claim.id]
      )
      const mailed = requestFor(clara, GUEST, orders)
      expect((await openOne(mailed, { limits })).claim.status).toBe("pending")
    })

    it("is right for many openers at once", async () => {
      const orderIds = [await addOrder(db, GUEST)]
      const limits = limit(5, 100)
      const bursts = Array.from({ length: 8 }, () =>
        open(
          Array.from({ length: 3 }, () => requestFor(clara, GUEST, orderIds)),
          { limits }
        )
      )
      const all = (await Promise.all(bursts)).flatMap(statuses)
      expect(all.filter((status) => status === "pending")).toHaveLength(5)
      expect(all).toHaveLength(24)
    })

    const age = (by: string) =>
      db.query("UPDATE order_claim SET created_at = now() - $1::interval", [by])
  })

  describe("is on record as ineligible, and writes no notification,", () => {
    const expectIneligible = async (request: OpeningRequest, why: string) => {
      const { claim } = await openOne(request)
      expect(claim).toMatchObject({ status: "ineligible", last_error: why })
      expect(await storedClaim(db, claim.id)).toMatchObject({
        next_attempt_at: null,
      })
      expect(await storedNotifications(db)).toEqual([])
    }

    it("for a claimant without an account", async () => {
      const guest = await addCustomer(db, { has_account: false })
      const request = requestFor(guest, GUEST, [await addOrder(db, GUEST)])
      await expectIneligible(request, "the claimant has no account")
    })

    it("for a claimant who is unknown or deleted", async () => {
      const orders = [await addOrder(db, GUEST)]
      const gone = await addCustomer(db)
      await db.query("UPDATE customer SET deleted_at = now() WHERE id = $1", [
        gone,
      ])
      for (const id of ["cus_unknown", gone]) {
        const why = "the claimant has no account"
        await expectIneligible(requestFor(id, GUEST, orders), why)
      }
    })

    it("for orders that may not be claimed", async () => {
      const owner = await addCustomer(db, { email: "olga@example.com" })
      const orders = [
        await addOrder(db, GUEST, { status: "canceled" }),
        await addOrder(db, "gerta@example.com"),
        await addOrder(db, GUEST, { customerId: owner }),
        await addOrder(db, GUEST, { customerId: clara }),
        "order_unknown",
      ]
      await expectIneligible(
        requestFor(clara, GUEST, orders),
        "no order may be claimed: 1 unknown, 1 canceled, 1 on another email address, 1 of a customer with an account, 1 already the claimant's"
      )
    })

    it.each([
      "a@example.com, b@example.com",
      "Ann <ann@example.com>",
      "ann@example.com\r\nBcc: b@example.com",
    ])("for an address that is not one plain one: %j", async (email) => {
      const request = requestFor(clara, email, [await addOrder(db, email)])
      await expectIneligible(
        request,
        "the orders' address is not one plain email address"
      )
    })
  })

  it("notifies only the orders that may be claimed", async () => {
    const canceled = await addOrder(db, GUEST, { status: "canceled" })
    const good = await addOrder(db, GUEST)
    const asked = [canceled, good, "order_unknown"]
    const { claim } = await openOne(requestFor(clara, GUEST, asked))
    expect(claim).toMatchObject({ status: "pending", order_ids: asked })
    const notified = await storedNotifications(db)
    expect(notified.map(({ resource_id }) => resource_id)).toEqual([good])
  })

  it("takes orders of customers with an account if the shop allows that", async () => {
    const owner = await addCustomer(db, { email: "otto@example.com" })
    const order = await addOrder(db, "otto@example.com", { customerId: owner })
    const request = requestFor(clara, "otto@example.com", [order])
    const { claim } = await openOne(request, { guestOrdersOnly: false })
    expect(claim.status).toBe("pending")
  })

  it("leaves the notification that core writes to core", async () => {
    const orders = await addOrders(db, GUEST, 3)
    const recordedByCore = orders[1] as string
    await openOne(requestFor(clara, GUEST, orders, { recordedByCore }))
    const notified = await storedNotifications(db)
    expect(notified.map(({ resource_id }) => resource_id)).toEqual([
      orders[0],
      orders[2],
    ])
  })

  it("writes no notification for a claim that needs no mail", async () => {
    const orders = await addOrders(db, GUEST, 2)
    const request = requestFor(clara, GUEST, orders, { unmailed: true })
    expect((await openOne(request)).claim.status).toBe("pending")
    expect(await storedNotifications(db)).toEqual([])
  })

  it("leaves nothing behind if its transaction fails", async () => {
    const request = requestFor(clara, GUEST, [await addOrder(db, GUEST)])
    const failing = db.pool.transaction(async (tx) => {
      await openClaims(tx, [request], RULES)
      throw new Error("later")
    })
    await expect(failing).rejects.toThrow("later")
    expect(await storedClaims(db)).toEqual([])
    expect(await storedNotifications(db)).toEqual([])
  })

  describe("in two servers at once", () => {
    /** Stops a transaction before a statement, until the test lets it go on. */
    const pausing = (db: Queryable, before: string) => {
      let reached: () => void
      let goOn: () => void
      const isReached = new Promise<void>((resolve) => (reached = resolve))
      const mayGoOn = new Promise<void>((resolve) => (goOn = resolve))
      const paused: Queryable = {
        async query<Row>(sql: string, parameters?: unknown[]) {
          if (sql.includes(before)) {
            reached()
            await mayGoOn
          }
          return db.query<Row>(sql, parameters)
        },
      }
      return { paused, isReached, goOn: () => goOn() }
    }

    it("is not held up by a claim of 3,000 orders that is being written", async () => {
      const many = await addOrders(db, GUEST, 3000)
      let large!: ReturnType<typeof pausing>
      const isPaused = new Promise<void>((resolve) => {
        void db.pool.transaction(async (tx) => {
          large = pausing(tx, "INSERT INTO notification")
          void large.isReached.then(resolve)
          const request = requestFor(clara, GUEST, many)
          return openClaims(large.paused, [request], {
            ...RULES,
            limits: limit(5, 20),
          })
        })
      })
      await isPaused
      const other = await addOrder(db, "other@example.com")
      const request = requestFor(clara, "other@example.com", [other])
      const opened = await openOne(request, { limits: limit(5, 20) })
      expect(opened.claim.status).toBe("pending")
      large.goOn()
      await until(async () => (await storedClaims(db)).length === 2)
    })

    it("throttles what is over a limit together with the other's, and its notifications", async () => {
      const rules = { ...RULES, limits: limit(1, 20) }
      const [one, two] = (await addOrders(db, GUEST, 2)) as [string, string]
      let first!: ReturnType<typeof pausing>
      const opening = db.pool.transaction((tx) => {
        // It has decided, and not yet checked the limits again.
        first = pausing(tx, "pg_advisory_xact_lock")
        return openClaims(
          first.paused,
          [requestFor(clara, GUEST, [one])],
          rules
        )
      })
      await until(async () => {
        await db.query("SELECT 1")
        return first !== undefined
      })
      await first.isReached
      const { claim } = await openOne(requestFor(clara, GUEST, [two]), rules)
      expect(claim.status).toBe("pending")
      first.goOn()
      expect(statuses(await opening)).toEqual(["throttled"])
      expect(
        (await storedNotifications(db)).map(({ resource_id }) => resource_id)
      ).toEqual([two])
      const throttled = (await storedClaims(db)).find(
        ({ id }) => id !== claim.id
      )
      expect(throttled).toMatchObject({
        status: "throttled",
        last_error: "over the limit for this address",
        next_attempt_at: null,
      })
    })
  })
})

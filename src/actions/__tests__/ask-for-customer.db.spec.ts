import type { Limits } from "../../claims/limits"
import { lockRequests } from "../../db/requested-claims"
import {
  addCustomer,
  addOrder,
  addOrders,
  changeClaim,
  connect,
  isSomeoneWaiting,
  MINUTE,
  openDatabase,
  requestFor,
  RULES,
  storedClaims,
  storedNotifications,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"
import { askForCustomer } from "../ask-for-customer"
import type { OpeningRules } from "../decide-claim"
import { declineClaim } from "../decline"
import { openClaims } from "../open-claims"
import { changeOrder, confirmAndMove, link, refusalOf } from "./presenting"

const RECIPIENT = "greta@example.com"

const perHour = (recipient: number, customer = 100): { limits: Limits } => ({
  limits: {
    perRecipient: [{ count: recipient, windowMs: 60 * MINUTE }],
    perCustomer: [{ count: customer, windowMs: 60 * MINUTE }],
  },
})

describe("asking on a customer's behalf", () => {
  let db: TestDatabase
  let clara: string
  let orders: string[]
  beforeAll(async () => {
    db = await openDatabase()
    clara = await addCustomer(db, { email: "clara@example.com" })
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    await db.query(
      'TRUNCATE order_claim, notification, staged_job, "order" CASCADE'
    )
    orders = await addOrders(db, RECIPIENT, 2)
  })

  const ask = (
    order_ids = orders,
    rules: Partial<OpeningRules> = {},
    customer_id = clara
  ) =>
    db.pool.transaction((tx) =>
      askForCustomer(
        tx,
        { customer_id, order_ids, requested_by: "usr_ann" },
        { ...RULES, ...rules }
      )
    )
  const problemOf = (work: Promise<unknown>) =>
    work.then(
      () => "done",
      ({ type, code, message }: Record<string, string>) =>
        `${type} ${code ?? ""} ${message}`
    )
  /** A refusal that changes nothing. */
  const expectRefused = async (work: Promise<unknown>, problem: RegExp) => {
    expect(await problemOf(work)).toMatch(problem)
    expect(await storedClaims(db)).toEqual([])
    expect(await storedNotifications(db)).toEqual([])
  }

  it("opens an ordinary claim, with who asked for it", async () => {
    await ask()
    expect(await storedClaims(db)).toEqual([
      expect.objectContaining({
        customer_id: clara,
        email: RECIPIENT,
        order_ids: orders,
        status: "pending",
        origin: "staff",
        requested_by: "usr_ann",
        own_address: false,
        event_token_hash: null,
        token_generation: 1,
      }),
    ])
    const [claim] = await storedClaims(db)
    expect(claim!.next_attempt_at).not.toBeNull()
    const notifications = await storedNotifications(db)
    expect(
      notifications.map(({ resource_id, to }) => [resource_id, to])
    ).toEqual(orders.map((id) => [id, RECIPIENT]))
  })

  it("moves nothing before the owner has confirmed", async () => {
    const claim = await ask()
    const owners = () =>
      db.query<{ customer_id: string }>(
        'SELECT DISTINCT customer_id FROM "order"'
      )
    expect(await owners()).not.toEqual([{ customer_id: clara }])
    await confirmAndMove(db.pool, link(claim))
    expect(await owners()).toEqual([{ customer_id: clara }])
  })

  it("has the gate for the account's own address, as everywhere", async () => {
    const own = await addOrder(db, "clara@example.com")
    const claim = await ask([own])
    expect(claim.own_address).toBe(true)
    await expect(confirmAndMove(db.pool, link(claim))).rejects.toMatchObject({
      code: "order_claim_login_required",
    })
  })

  it("names an order once that is given twice", async () => {
    const [one] = orders
    expect((await ask([one!, one!])).order_ids).toEqual([one])
  })

  describe("again while it waits", () => {
    it.each(["pending", "sent"])("gives the same claim: %s", async (status) => {
      const claim = await ask()
      await changeClaim(db, claim, `status = '${status}'`)
      const before = await storedClaims(db)
      expect((await ask([...orders].reverse())).id).toBe(claim.id)
      expect(await storedClaims(db)).toEqual(before)
    })

    it("gives the claim that the customer has opened", async () => {
      const request = requestFor(clara, RECIPIENT, orders)
      const [theirs] = await db.pool.transaction((tx) =>
        openClaims(tx, [request], RULES)
      )
      expect((await ask()).id).toBe(theirs!.claim.id)
    })

    it.each([
      "status = 'canceled'",
      "status = 'failed'",
      "status = 'throttled'",
      "status = 'sent', expires_at = now()",
    ])("gives a new one instead of one with %s", async (change) => {
      const claim = await ask()
      await changeClaim(db, claim, change)
      expect((await ask()).id).not.toBe(claim.id)
    })

    it("gives a new one for other orders, or for another customer", async () => {
      const claim = await ask()
      const bob = await addCustomer(db)
      expect((await ask(orders.slice(1))).id).not.toBe(claim.id)
      expect((await ask(orders, {}, bob)).id).not.toBe(claim.id)
    })

    it("twice at once writes one claim", async () => {
      const holder = await connect(db.url)
      const observer = await connect(db.url)
      await holder.query("BEGIN")
      await lockRequests(holder, clara)
      const asked = Promise.all([ask(), ask(), ask()])
      await until(() => isSomeoneWaiting(observer))
      await holder.query("COMMIT")

      const ids = (await asked).map(({ id }) => id)
      expect(new Set(ids).size).toBe(1)
      expect(await storedClaims(db)).toHaveLength(1)
      await holder.close()
      await observer.close()
    })
  })

  describe("is refused, and writes nothing,", () => {
    it("for a customer who does not exist", () =>
      expectRefused(ask(orders, {}, "cus_none"), /^not_found .*cus_none/))

    it("for a customer without an account", async () => {
      const guest = await addCustomer(db, { has_account: false })
      await expectRefused(
        ask(orders, {}, guest),
        /^invalid_data {2}customer_id: .*no account/
      )
    })

    it("for orders that do not exist, by their ids", () =>
      expectRefused(
        ask([...orders, "order_none"]),
        /^not_found {2}There is no order with the id order_none\.$/
      ))

    it("for orders of several addresses", async () => {
      const other = await addOrder(db, "other@example.com")
      await expectRefused(
        ask([...orders, other]),
        new RegExp(
          `^invalid_data {2}order_ids: .*${other}.*different addresses`
        )
      )
    })

    it("for an order of somebody with an account", async () => {
      const owner = await addCustomer(db)
      const owned = await addOrder(db, RECIPIENT, { customerId: owner })
      await expectRefused(
        ask([...orders, owned]),
        new RegExp(
          `^invalid_data .*1 of a customer with an account \\(${owned}\\)`
        )
      )
    })

    it("for an order that is the customer's already", async () => {
      const theirs = await addOrder(db, RECIPIENT, { customerId: clara })
      await expectRefused(
        ask([theirs]),
        /^invalid_data .*already the claimant's/
      )
    })

    it("for a canceled order", async () => {
      await changeOrder(db, orders[0], "status = 'canceled'")
      await expectRefused(ask(), /^invalid_data .*1 canceled/)
    })

    it("for some of the orders, which it names", async () => {
      const more = await addOrder(db, RECIPIENT)
      await changeOrder(db, more, "status = 'canceled'")
      const refusal = await problemOf(ask([...orders, more]))
      expect(refusal).toBe(
        `invalid_data  order_ids: these orders cannot be claimed: 1 canceled (${more})`
      )
    })

    it("for an address that cannot be mailed", async () => {
      const broken = await addOrder(db, "a@example.com, b@example.com")
      await expectRefused(
        ask([broken]),
        /^invalid_data .*one plain email address/
      )
    })

    it.each([
      ["its address", perHour(1)],
      ["the customer", perHour(100, 1)],
    ])("over the limit of %s", async (_, rules) => {
      const other = await addOrder(db, RECIPIENT)
      await ask([other], rules)
      const before = await storedClaims(db)
      const notified = await storedNotifications(db)
      expect(await refusalOf(ask(orders, rules))).toBe("order_claim_throttled")
      expect(await storedClaims(db)).toEqual(before)
      expect(await storedNotifications(db)).toEqual(notified)
    })
  })

  it("is refused after a decline, until that is lifted", async () => {
    const claim = await ask()
    await db.pool.transaction((tx) => declineClaim(tx, link(claim)))
    expect(await problemOf(ask())).toMatch(
      /^invalid_data .*2 declined by its recipient/
    )
    await changeClaim(db, claim, "status = 'canceled'")
    expect((await ask()).id).not.toBe(claim.id)
  })

  it("counts against the limits of what the customer asks for", async () => {
    const rules = perHour(100, 1)
    await ask(orders.slice(1), rules)
    const request = requestFor(clara, RECIPIENT, orders)
    const [theirs] = await db.pool.transaction((tx) =>
      openClaims(tx, [request], { ...RULES, ...rules })
    )
    expect(theirs!.claim.status).toBe("throttled")
  })
})

import type { ClaimStatus } from "../../claims/claim"
import type { Queryable } from "../../db/database"
import type { Storefront } from "../../options/storefront"
import { parseOptions } from "../../options/settings"
import { composingWith } from "../../outbox/__tests__/composing"
import { composeEmails } from "../../outbox/compose"
import type { Message, Transport } from "../../transports/transport"
import { recordingLogger, silentLogger } from "../../values/__tests__/loggers"
import { eraseAddress } from "../erase"
import { prepareResend } from "../prepare-resend"
import { recordResentMail } from "../record-resent-mail"
import { resendClaim } from "../resend"
import {
  addCustomer,
  connect,
  openClaim,
  openDatabase,
  RULES,
  storedClaim,
  storedNotifications,
  TestDatabase,
} from "../../db/__tests__/test-database"

describe("preparing a resend", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
  })
  afterAll(() => db.close())

  const renew = (id: string) =>
    db.pool.transaction((tx) =>
      prepareResend(tx, id, { ...RULES, resendTo: "any" })
    )
  const claimThatIs = async (status: ClaimStatus) => {
    const claim = await openClaim(db)
    await db.query("UPDATE order_claim SET status = $2 WHERE id = $1", [
      claim.id,
      status,
    ])
    return claim
  }

  it.each(["pending", "sent", "failed", "throttled", "ineligible"] as const)(
    "raises the generation of a claim that is %s",
    async (status) => {
      const { id } = await claimThatIs(status)
      expect(await renew(id)).toMatchObject({
        id,
        status,
        token_generation: 2,
      })
      expect((await storedClaim(db, id)).token_generation).toBe(2)
    }
  )

  it.each([
    ["confirmed", "order_claim_used", /nothing left to mail/],
    ["declined", "order_claim_declined", /declined/],
    ["canceled", "order_claim_canceled", /canceled/],
  ] as const)(
    "is refused for a claim that is %s: %s",
    async (status, code, message) => {
      const { id } = await claimThatIs(status)
      await expect(renew(id)).rejects.toMatchObject({
        type: "not_allowed",
        code,
        message: expect.stringMatching(message) as string,
      })
      expect((await storedClaim(db, id)).token_generation).toBe(1)
    }
  )

  it("is refused for a claim that does not exist", async () => {
    await expect(renew("oclaim_unknown")).rejects.toMatchObject({
      code: "order_claim_invalid",
      message: expect.stringContaining("does not exist any more") as string,
    })
  })

  it("is refused once no order may be claimed any more", async () => {
    const { id, order_ids } = await claimThatIs("sent")
    await db.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
      order_ids[0],
    ])
    await expect(renew(id)).rejects.toMatchObject({ code: "order_claim_stale" })
    expect((await storedClaim(db, id)).token_generation).toBe(1)
  })

  it.each([
    ["requested", null, /still being looked up, so/],
    ["failed", "error: no", /could not be looked up, so .* Retry the failed/],
    ["throttled", "over the limit for this customer", /reached a limit, so/],
    [
      "ineligible",
      "no order to claim was found",
      /^No order to claim was found/,
    ],
  ] as const)(
    "is refused for a claim without orders that is %s, with the reason",
    async (status, error, message) => {
      const { id } = await claimThatIs(status)
      await db.query(
        "UPDATE order_claim SET order_ids = '{}', last_error = $2 WHERE id = $1",
        [id, error]
      )
      await expect(renew(id)).rejects.toMatchObject({
        code: "order_claim_stale",
        message: expect.stringMatching(message) as string,
      })
    }
  )

  it("twenty at once make twenty generations", async () => {
    const { id } = await claimThatIs("sent")
    const renewed = await Promise.all(
      Array.from({ length: 20 }, () => renew(id))
    )
    const generations = renewed.map((claim) => claim.token_generation)
    expect(generations.sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 2)
    )
  })

  it("runs one query at a time on its connection, as pg 9 demands", async () => {
    const { id } = await claimThatIs("sent")
    let running = 0
    await db.pool.transaction(async (tx) => {
      const alone: Queryable = {
        async query<Row>(sql: string, parameters?: unknown[]) {
          running += 1
          expect(running).toBe(1)
          const rows = await tx.query<Row>(sql, parameters)
          running -= 1
          return rows
        },
      }
      const rules = { ...RULES, resendTo: "any" } as const
      const claim = await prepareResend(alone, id, rules)
      const settings = parseOptions({
        claim_url: "https://shop.example/claim",
        from: "orders@shop.example",
      })
      await composeEmails(alone, [claim], composingWith(settings, "a secret"))
    })
  })

  it("is refused while the rate limit is used up, and the older link still works", async () => {
    const { id } = await claimThatIs("sent")
    const settings = parseOptions({
      claim_url: "https://shop.example/claim",
      from: "orders@shop.example",
    })
    const busy: Transport = {
      turnsLeft: 0,
      turn: (signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new Error("aborted")))
        }),
      send: () => Promise.reject(new Error("sent without a turn")),
      close: () => undefined,
    }
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] })
    const resending = resendClaim(
      {
        db: db.pool,
        emails: composingWith(settings, "a secret"),
        transport: busy,
        retries: settings.delivery,
        rules: { ...RULES, resendTo: "any" },
        logger: silentLogger,
      },
      id
    )
    jest.advanceTimersByTime(5000)
    jest.useRealTimers()
    await expect(resending).rejects.toMatchObject({
      type: "not_allowed",
      message: expect.stringContaining("rate limit") as string,
    })
    expect((await storedClaim(db, id)).token_generation).toBe(1)
  })

  describe("whose mail core does not record", () => {
    const accepting = (onSend = () => Promise.resolve()): Transport => ({
      turnsLeft: Infinity,
      turn: () => Promise.resolve({ end: () => undefined }),
      send: async ({ to }) => {
        await onSend()
        return { type: "accepted", response: `250 <${to}> queued` }
      },
      close: () => undefined,
    })
    const resend = (
      { id }: { id: string },
      to?: string,
      transport = accepting()
    ) => {
      const settings = parseOptions({
        claim_url: "https://shop.example/claim",
        from: "orders@shop.example",
      })
      return resendClaim(
        {
          ...{ db: db.pool, transport, logger: silentLogger },
          emails: composingWith(settings, "a secret"),
          retries: settings.delivery,
          rules: { ...RULES, resendTo: "any" },
        },
        id,
        to,
        recordResentMail
      )
    }
    const notified = async ({ id }: { id: string }) =>
      (await storedNotifications(db))
        .filter(({ data }) => data.order_claim_id === id)
        .map(({ resource_id, customer_id, to }) => [
          ...[resource_id, customer_id, to],
        ])

    it("writes a notification for each order in the mail, and for no other", async () => {
      const over = { perRecipient: [{ count: 0, windowMs: 60_000 }] }
      const claim = await openClaim(db, {
        ...{ email: "greta@example.com", orderCount: 3 },
        rules: { limits: { ...over, perCustomer: [] } },
      })
      expect(claim.status).toBe("throttled")
      const [first = "", second, third] = claim.order_ids
      const other = await addCustomer(db)
      await db.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
        second,
      ])
      await db.query(`UPDATE "order" SET customer_id = $2 WHERE id = $1`, [
        ...[third, other],
      ])
      const guest = await addCustomer(db, {
        ...{ email: "greta@example.com", has_account: false },
      })

      await resend(claim)
      const original = [first, guest, "greta@example.com"]
      expect(await notified(claim)).toEqual([original])

      await resend(claim, "typo@example.com")
      expect(await notified(claim)).toEqual([
        original,
        [first, guest, "typo@example.com"],
      ])
    })

    it("copies no notification of an order that is not in the mail any more", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      const [gone, left] = claim.order_ids
      await db.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
        gone,
      ])
      expect(await notified(claim)).toHaveLength(2)
      await resend(claim)
      const orders = (await notified(claim)).map(([order]) => order)
      expect(orders).toEqual([gone, left, left])
    })

    it("writes no address that was erased meanwhile", async () => {
      const claim = await openClaim(db, { email: "ann@example.com" })
      const erasing = () =>
        eraseAddress(db.pool, "ann@example.com").then(() => undefined)
      expect((await resend(claim, undefined, accepting(erasing))).to).toBe(
        "erased"
      )
      expect((await storedClaim(db, claim.id)).deliveries).toEqual([])
      expect((await notified(claim)).map(([, , to]) => to)).toEqual(["erased"])
    })
  })

  describe("in a shop whose function chooses the storefront", () => {
    const resendWith = async (id: string, storefront: Storefront) => {
      const settings = parseOptions({
        claim_url: "https://shop.example/claim",
        from: "orders@shop.example",
        storefront,
      })
      const sent: Message[] = []
      const logger = recordingLogger()
      const resending = resendClaim(
        {
          db: db.pool,
          emails: composingWith(settings, "a secret", logger),
          transport: {
            turnsLeft: Infinity,
            turn: () => Promise.resolve({ end: () => undefined }),
            send: (message) => {
              sent.push(message)
              return Promise.resolve({ type: "accepted", response: "250 OK" })
            },
            close: () => undefined,
          },
          retries: settings.delivery,
          rules: { ...RULES, resendTo: "any" },
          logger,
        },
        id
      )
      const refused = await resending.then(
        () => undefined,
        (error: Error) => error.message
      )
      return { sent, refused, logger }
    }

    it("has its sender, and calls it while no transaction is open", async () => {
      const { id } = await claimThatIs("failed")
      await db.query(
        "UPDATE order_claim SET unrecorded_attempts = 3 WHERE id = $1",
        [id]
      )
      const other = await connect(db.url)
      const storefront: Storefront = async ({ message, claim, orders }) => {
        expect([message, claim.id]).toEqual(["claim-request", id])
        // A transaction of the plugin would hold this lock, and this would fail.
        await other.query(
          "SELECT 1 FROM order_claim WHERE id = $1 FOR UPDATE NOWAIT",
          [id]
        )
        orders.length = 0
        return { from: "North <orders@north.example>" }
      }
      const { sent, refused } = await resendWith(id, storefront)
      await other.close()
      expect(refused).toBeUndefined()
      expect(sent.map(({ from }) => from.name)).toEqual(["North"])
    })

    it("is refused with its error, and the older link still works", async () => {
      const { id } = await claimThatIs("sent")
      const { sent, refused, logger } = await resendWith(id, () => {
        throw new Error(
          "no brand for greta@example.com at pg://a:pw@db.example"
        )
      })
      expect(sent).toEqual([])
      expect(refused).toBe(
        "The email could not be written, and nothing was sent: StorefrontError: storefront threw Error: no brand for g***@example.com at pg://***@db.example"
      )
      expect(logger.lines.join()).toContain("resend.db.spec")
      expect(logger.lines.join()).not.toContain("greta@")
      expect((await storedClaim(db, id)).token_generation).toBe(1)
    })

    it("is refused if the claim changes while the function is asked", async () => {
      const claim = await openClaim(db, { orderCount: 2 })
      const { sent, refused } = await resendWith(claim.id, async () => {
        await db.query(`UPDATE "order" SET status = 'canceled' WHERE id = $1`, [
          claim.order_ids[0],
        ])
        return { brand: { name: "North" } }
      })
      expect(sent).toEqual([])
      expect(refused).toContain("the claim has just changed: try again")
      expect((await storedClaim(db, claim.id)).token_generation).toBe(1)
    })

    it("is refused for a claim that is over, without a call", async () => {
      const { id } = await claimThatIs("declined")
      const storefront = jest.fn()
      expect((await resendWith(id, storefront)).refused).toMatch(/declined/)
      expect((await resendWith("oclaim_x", storefront)).refused).toMatch(
        /does not exist/
      )
    })
  })
})

import { setTimeout as pause } from "timers/promises"
import type { Queryable } from "../../db/database"
import { parseOptions } from "../../options/settings"
import type { Storefront, StorefrontAbout } from "../../options/storefront"
import type { Message, Transport } from "../../transports/transport"
import { recordingLogger } from "../../values/__tests__/loggers"
import { composeEmails } from "../compose"
import { Courier } from "../courier"
import { composingWith } from "./composing"
import {
  changeClaim,
  claimNow,
  openClaim,
  openDatabase,
  storedClaim,
  storedClaims,
  TestDatabase,
  until,
} from "../../db/__tests__/test-database"

const SHOP = {
  claim_url: "https://shop.example/claim",
  from: "Shop <orders@shop.example>",
}
const NORTH = {
  claim_url: "https://north.example/claim",
  from: "North <orders@north.example>",
  reply_to: "help@north.example",
  brand: { name: "North" },
  locale: "de",
}

describe("the storefront of an email", () => {
  let db: TestDatabase
  beforeAll(async () => {
    db = await openDatabase()
    await db.query(
      `INSERT INTO sales_channel (id, name) VALUES ('sc_n', 'N'), ('sc_s', 'S')`
    )
  })
  afterAll(() => db.close())

  const change = (id: string | undefined, assignments: string) =>
    db.query(`UPDATE "order" SET ${assignments} WHERE id = $1`, [id])
  const composing = (storefront?: Storefront, changes = {}) =>
    composingWith(
      parseOptions({ ...SHOP, storefront, ...changes }, {}),
      "secret"
    )
  const composed = async (
    claims: Parameters<typeof composeEmails>[1],
    storefront: Storefront
  ): Promise<Message[]> => {
    const emails = await composeEmails(db, claims, composing(storefront))
    return emails.map(({ composed }) => {
      if (composed.type !== "message") throw new Error(JSON.stringify(composed))
      return composed.message
    })
  }
  /** The arguments that the function was called with. */
  const asked = async (claims: Parameters<typeof composeEmails>[1]) => {
    const seen: StorefrontAbout[] = []
    await composed(claims, (about) => {
      seen.push(about)
      return {}
    })
    return seen
  }

  it("is chosen by the claim and its orders", async () => {
    const claim = await openClaim(db, { orderCount: 2 })
    const [first, second] = claim.order_ids
    await change(
      first,
      `sales_channel_id = 'sc_n', metadata = '{"a":{"b":[1]}}'`
    )
    const [order] = await db.query<{ region_id: string }>(
      `SELECT region_id FROM "order" WHERE id = $1`,
      [first]
    )
    const { id, customer_id, order_ids } = claim
    const { region_id } = order!
    expect(await asked([claim])).toEqual([
      {
        message: "claim-request",
        locale: "en",
        claim: { id, customer_id, order_ids },
        orders: [
          {
            ...{ id: first, sales_channel_id: "sc_n", region_id },
            ...{ currency_code: "eur", metadata: { a: { b: [1] } } },
          },
          {
            ...{ id: second, sales_channel_id: null, region_id },
            ...{ currency_code: "eur", metadata: null },
          },
        ],
      },
    ])
  })

  it("decides on sender, replies, page, brand and language", async () => {
    const claim = await openClaim(db)
    const french = { ...claim, locale: "fr" }
    const [message] = await composed([french], () => NORTH)
    expect(message).toMatchObject({
      from: { name: "North", address: "orders@north.example" },
      replyTo: { address: "help@north.example" },
      to: claim.email,
      messageId: `<${claim.id}.1@north.example>`,
    })
    expect(message!.subject).toMatch(/^North: /)
    expect(message!.html).toContain('lang="de"')
    expect(message!.text).toContain("https://north.example/claim?token=")
    expect(message!.text).not.toContain("shop.example")

    const [own] = await composed([french], () => ({}))
    expect(own!.html).toContain('lang="fr"')
    expect(own!.text).toContain("https://shop.example/claim?token=")
  })

  it("is not chosen by orders that are deleted, or left out of the mail", async () => {
    const claim = await openClaim(db, { orderCount: 3 })
    const [deleted, canceled, left] = claim.order_ids
    await db.query(`DELETE FROM "order" WHERE id = $1`, [deleted])
    await change(canceled, "status = 'canceled'")
    const [about] = await asked([claim])
    expect(about!.orders.map(({ id }) => id)).toEqual([left])
    expect(about!.claim.order_ids).toEqual(claim.order_ids)
  })

  it("is not asked for if nothing is mailed", async () => {
    const claim = await openClaim(db)
    await db.query(`DELETE FROM "order" WHERE id = ANY($1)`, [claim.order_ids])
    const storefront = jest.fn()
    const [email] = await composeEmails(db, [claim], composing(storefront))
    expect(email!.composed.type).toBe("withdrawn")
    expect(storefront).not.toHaveBeenCalled()
  })

  it("gets all of 3,000 orders", async () => {
    const claim = await openClaim(db, { orderCount: 3000 })
    const [about] = await asked([claim])
    expect(about!.orders.map(({ id }) => id)).toEqual(claim.order_ids)
  })

  it("gets objects of its own, which it may change", async () => {
    const claim = await openClaim(db)
    await change(claim.order_ids[0], `metadata = '{"shop":{"name":"North"}}'`)
    const seen: string[] = []
    const storefront: Storefront = (about) => {
      seen.push(JSON.stringify(about))
      about.claim.order_ids.length = 0
      about.claim.id = "mine"
      about.locale = "ja"
      about.message = "claim-reverted"
      Object.assign(about.orders[0]!.metadata!.shop as object, { name: "x" })
      about.orders.length = 0
      return {}
    }
    const before = JSON.stringify(claim)
    const [one, other] = await composed([claim, claim], storefront)
    expect(JSON.stringify(claim)).toBe(before)
    expect(seen[1]).toBe(seen[0])
    expect(one).toEqual(other)
    expect(one!.html).toContain('lang="en"')
  })

  it("has no sales channel where the store has none", async () => {
    const claim = await openClaim(db)
    await db.pool
      .transaction(async (tx) => {
        await tx.query('ALTER TABLE "order" DROP COLUMN sales_channel_id')
        const seen: StorefrontAbout[] = []
        const storefront: Storefront = (about) => {
          seen.push(about)
          return {}
        }
        await composeEmails(tx, [claim], composing(storefront))
        expect(seen[0]!.orders).toMatchObject([{ sales_channel_id: null }])
        throw new Error("take it back")
      })
      .catch((error: Error) => expect(error.message).toBe("take it back"))
  })

  it("costs nothing without the option", async () => {
    const claim = await openClaim(db)
    const statements = async (storefront?: Storefront) => {
      const seen: string[] = []
      const watched: Queryable = {
        query: (sql, parameters) => {
          seen.push(sql)
          return db.query(sql, parameters)
        },
      }
      await composeEmails(watched, [claim], composing(storefront))
      return seen
    }
    const without = await statements()
    const extra = (await statements(() => ({}))).filter(
      (sql) => !without.includes(sql)
    )
    expect(without.join()).not.toContain("metadata")
    expect(extra).toHaveLength(1)
    expect(extra[0]).toContain("metadata")
  })

  describe("chosen by a function that is slow", () => {
    const sent: Message[] = []
    let logger = recordingLogger()
    let courier: Courier | undefined
    const transport: Transport = {
      turnsLeft: Infinity,
      turn: () => Promise.resolve({ end: () => undefined }),
      send: (message) => {
        sent.push(message)
        return Promise.resolve({ type: "accepted", response: "250 OK" })
      },
      close: () => undefined,
    }
    const start = (storefront: Storefront, first_retry = "1s") => {
      const delivery = { first_retry }
      const settings = parseOptions({ ...SHOP, storefront, delivery }, {})
      courier = new Courier({
        ...{ db: db.pool, transport, logger },
        emails: composingWith(settings, "a jwt secret for tests", logger),
        delivery: settings.delivery,
        linkTtlMs: settings.linkTtlMs,
      })
      courier.start()
    }
    beforeEach(async () => {
      await db.query("TRUNCATE order_claim, notification, staged_job")
      sent.length = 0
      logger = recordingLogger()
    })
    afterEach(() => courier?.stop())

    const openFor = async (channel: string, count: number) => {
      const claims = []
      for (let n = 0; n < count; n += 1) {
        const claim = await openClaim(db)
        await change(claim.order_ids[0], `sales_channel_id = '${channel}'`)
        claims.push(claim)
      }
      return claims
    }
    const never = new Promise<never>(() => undefined)
    const silentInNorth: Storefront = ({ orders }) =>
      orders[0]?.sales_channel_id === "sc_n" ? never : {}

    it("holds up no mails of others, however many wait", async () => {
      const silent = await openFor("sc_n", 130)
      const others = await openFor("sc_s", 30)
      // Each is tried once, however long that takes for all of them.
      start(silentInNorth, "1m")
      const begun = Date.now()
      await until(() => Promise.resolve(sent.length === others.length))
      // Less than the time limit of a single call.
      expect(Date.now() - begun).toBeLessThan(4000)
      expect(new Set(sent.map(({ to }) => to))).toEqual(
        new Set(others.map(({ email }) => email))
      )
      // Somebody asks while all of those are still waiting.
      const [late] = await openFor("sc_s", 1)
      courier!.wake()
      await until(() => Promise.resolve(sent.length === others.length + 1))
      expect(sent.at(-1)!.to).toBe(late!.email)

      const isDeferred = async () =>
        (await storedClaims(db)).filter(({ attempts }) => attempts > 0).length
      await until(async () => (await isDeferred()) === 161)
      const claim = await storedClaim(db, silent[0]!.id)
      expect(claim).toMatchObject({ status: "pending", attempts: 1 })
      expect((await claimNow(db, claim)).last_error).toContain(
        "storefront did not respond within 5 s"
      )
      expect(sent).toHaveLength(others.length + 1)
    })

    it("gives its claims back at once when the server stops", async () => {
      await openFor("sc_n", 3)
      const silent = jest.fn(() => never)
      start(silent)
      await until(() => Promise.resolve(silent.mock.calls.length === 3))
      const begun = Date.now()
      await courier!.stop()
      expect(Date.now() - begun).toBeLessThan(1000)
      expect(
        (await storedClaims(db)).map(({ leased_by, attempts }) => ({
          leased_by,
          attempts,
        }))
      ).toEqual(Array(3).fill({ leased_by: null, attempts: 0 }))
    })

    it("mails each claim once, though it answers after each batch", async () => {
      const claims = await openFor("sc_s", 60)
      start(async () => {
        await pause(400)
        return NORTH
      })
      await until(async () =>
        (await storedClaims(db)).every(({ status }) => status === "sent")
      )
      expect(sent.map(({ to }) => to).sort()).toEqual(
        claims.map(({ email }) => email).sort()
      )
    })

    it("mails nothing for a claim that was canceled meanwhile", async () => {
      const [claim] = await openFor("sc_s", 1)
      let answer: (() => void) | undefined
      start(() => new Promise((resolve) => (answer = () => resolve(NORTH))))
      await until(() => Promise.resolve(answer !== undefined))
      await changeClaim(
        db,
        claim!,
        "status = 'canceled', next_attempt_at = NULL"
      )
      answer!()
      await until(async () => !(await storedClaim(db, claim!.id)).leased_by)
      expect(sent).toEqual([])
    })

    it("that throws once is called again, and mails once", async () => {
      const [claim] = await openFor("sc_n", 1)
      let calls = 0
      start(() => {
        calls += 1
        if (calls === 1) throw new Error("the brands could not be loaded")
        return NORTH
      })
      await until(async () => (await storedClaim(db, claim!.id)).attempts > 0)
      await until(async () => {
        courier!.wake()
        return (await storedClaim(db, claim!.id)).status === "sent"
      })
      expect(sent.map(({ from }) => from.address)).toEqual([
        "orders@north.example",
      ])
      const { deliveries } = await storedClaim(db, claim!.id)
      expect(deliveries).toMatchObject([
        {
          outcome: "deferred",
          response: expect.stringContaining(
            "the brands could not be loaded"
          ) as string,
        },
        { outcome: "accepted" },
      ])
      expect(logger.lines.join("\n")).toMatch(
        /could not be written: StorefrontError: .+\ncaused by: Error: the brands could not be loaded\n +at .*storefronts\.db\.spec/
      )
    })
  })
})

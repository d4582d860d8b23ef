import jwt from "jsonwebtoken"
import {
  type Answer,
  claimedOrder,
  confirm,
  everything,
  expire,
  withToken,
} from "./claims"
import { type LoggedIn, sharedShop, type Shop } from "./stock-store"

jest.setTimeout(120_000)

const SECRET = "a jwt secret for tests, long enough to be one"

describe("a token", () => {
  let shop: Shop
  let clara: LoggedIn

  const answerTo: Record<string, (token: unknown) => Promise<Answer>> = {
    confirm: (token) => confirm(shop, token),
    lookup: (token) => withToken(shop, "lookup", token),
    decline: (token) => withToken(shop, "decline", token),
    renew: (token) => withToken(shop, "renew", token),
  }
  const routes = Object.keys(answerTo)

  beforeAll(async () => {
    shop = await sharedShop()
    clara = await shop.registerCustomer({ email: "clara@example.com" })
  })
  afterAll(() => shop?.close())

  describe("that is none of a claim", () => {
    let forged: Record<string, unknown>

    beforeAll(async () => {
      const { claim, token } = await claimedOrder(
        shop,
        clara,
        "forged@example.com"
      )
      const now = Math.floor(Date.now() / 1000)
      const link = {
        order_claim_id: claim.id,
        generation: 1,
        iat: now,
        exp: now + 900,
      }
      const event = {
        claimingCustomerId: clara.customer.id,
        orders: claim.order_ids,
      }
      const sign = (payload: object) => jwt.sign(payload, SECRET)
      const [header, payload, signature] = token.split(".") as [
        string,
        string,
        string,
      ]
      const taller = Buffer.from(
        JSON.stringify({ ...link, generation: 2 })
      ).toString("base64url")
      forged = {
        nothing: undefined,
        null: null,
        "an empty text": "",
        "a number": 1,
        "an object": {},
        "a list of the right one": [token],
        garbage: "garbage",
        "one with a tampered signature": `${token.slice(0, -2)}${token.endsWith("AA") ? "BA" : "AA"}`,
        "one with a tampered payload": [header, taller, signature].join("."),
        "one without its signature": `${header}.${payload}.`,
        "one of the wrong secret": jwt.sign(link, "supersecret"),
        "one of another algorithm": jwt.sign(link, SECRET, {
          algorithm: "HS512",
        }),
        "one that says it needs no signature": jwt.sign(link, "", {
          algorithm: "none",
        }),
        "a login": sign({ customer_id: clara.customer.id }),
        "an admin's login": sign({ user_id: "usr_admin", domain: "admin" }),
        "one without orders": sign({ ...link, ...event, orders: undefined }),
        "one of core's without orders": sign({
          claimingCustomerId: clara.customer.id,
          exp: now + 900,
        }),
        "one of core's with no order": sign({
          ...event,
          orders: [],
          exp: now + 900,
        }),
        "one of core's that never ends": sign(event),
        "one of core's that has expired": sign({
          ...event,
          iat: now - 1000,
          exp: now - 100,
        }),
        "one of core's older than core allows": sign({
          ...event,
          iat: now - 901,
          exp: now + 900,
        }),
        "one of a claim that never was": sign({
          ...link,
          order_claim_id: "oclaim_none",
        }),
        "one of a generation that never was": sign({ ...link, generation: 7 }),
        "one of generation 0": sign({ ...link, generation: 0 }),
      }
    })

    it.each(routes)("is refused by %s, and changes nothing", async (route) => {
      const before = await everything(shop)
      const answers: Record<string, unknown> = {}
      for (const [what, bad] of Object.entries(forged)) {
        const { status, body } = await answerTo[route]!(bad)
        answers[what] = [status, body.type, body.code]
      }
      const refusal = [400, "not_allowed", "order_claim_invalid"]
      expect(answers).toEqual(
        Object.fromEntries(Object.keys(forged).map((what) => [what, refusal]))
      )
      expect(await everything(shop)).toBe(before)
    })
  })

  describe("whose time is over", () => {
    let token: string
    beforeAll(async () => {
      const late = await claimedOrder(shop, clara, "late@example.com")
      token = late.token
      await expire(shop, late.claim.id)
    })

    it("is refused by confirm, looked up as expired, and changes nothing", async () => {
      const before = await everything(shop)

      expect(await confirm(shop, token)).toMatchObject({
        status: 400,
        body: { type: "not_allowed", code: "order_claim_expired" },
      })
      expect((await withToken(shop, "lookup", token)).body).toEqual({
        order_claim: { status: "expired" },
      })
      expect(await everything(shop)).toBe(before)
    })
  })

  describe.each(["confirmed", "declined", "canceled"])(
    "of a %s claim, another one than the one that did it",
    (status) => {
      const code = status === "confirmed" ? "used" : status
      let token: string
      beforeAll(async () => {
        const over = await claimedOrder(shop, clara, `${status}@example.com`)
        token = over.token
        await shop.query(
          `UPDATE order_claim
           SET status = $1, confirmed_generation = 2, token_generation = 2,
             resolved_by = 'admin'
           WHERE id = $2`,
          [status, over.claim.id]
        )
      })

      it.each(["confirm", "renew"])("is refused by %s", async (route) => {
        const before = await everything(shop)
        expect(await answerTo[route]!(token)).toMatchObject({
          status: 400,
          body: { type: "not_allowed", code: `order_claim_${code}` },
        })
        expect(await everything(shop)).toBe(before)
      })

      it("is looked up as such, and tells nothing else", async () => {
        expect((await withToken(shop, "lookup", token)).body).toEqual({
          order_claim: { status: code },
        })
      })
    }
  )
})

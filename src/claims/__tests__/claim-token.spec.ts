import fc from "fast-check"
import jwt from "jsonwebtoken"
import { campaign } from "../../../integration-tests/campaign"
import { hashToken } from "../claim-request"
import { readToken, signClaimToken } from "../claim-token"

const SECRET = "a jwt secret for tests"
const ISSUED = new Date("2026-11-21T12:00:00Z")
const MINUTE = 60_000

const row = {
  id: "oclaim_01HF",
  token_generation: 1,
  token_issued_at: ISSUED,
  expires_at: new Date(ISSUED.getTime() + 15 * MINUTE),
}

const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

/** Signs a token as core does for its event. */
const eventToken = (changes: object = {}, secret = SECRET) =>
  jwt.sign(
    {
      claimingCustomerId: "cus_clara",
      orders: ["order_1", "order_2"],
      iat: seconds(ISSUED),
      exp: seconds(ISSUED) + 15 * 60,
      ...changes,
    },
    secret
  )

const linkPayload = {
  order_claim_id: row.id,
  generation: 1,
  iat: seconds(ISSUED),
  exp: seconds(row.expires_at),
}

describe("the token of a link", () => {
  it("is the same bytes for the same row", () => {
    const again = { ...row, token_issued_at: new Date(ISSUED) }
    expect(signClaimToken(again, SECRET)).toBe(signClaimToken(row, SECRET))
  })

  it.each([
    ["another claim", { id: "oclaim_02" }],
    ["another generation", { token_generation: 2 }],
    ["another moment", { token_issued_at: new Date(0) }],
    ["another expiry", { expires_at: new Date(0) }],
  ])("is different for %s", (_, changes) => {
    expect(signClaimToken({ ...row, ...changes }, SECRET)).not.toBe(
      signClaimToken(row, SECRET)
    )
  })

  it("names its claim and its generation", () => {
    expect(readToken(signClaimToken(row, SECRET), SECRET)).toEqual({
      type: "link",
      claimId: row.id,
      generation: 1,
    })
  })

  it("says nothing of orders, customers or addresses", () => {
    expect(jwt.decode(signClaimToken(row, SECRET))).toEqual(linkPayload)
  })

  it("is read after it has expired: the expiry is judged with its claim", () => {
    const old = {
      ...row,
      token_issued_at: new Date(0),
      expires_at: new Date(1),
    }
    expect(readToken(signClaimToken(old, SECRET), SECRET)).toBeDefined()
  })

  it("needs no escaping in a link", () => {
    const token = signClaimToken(row, SECRET)
    expect(encodeURIComponent(token)).toBe(token)
  })

  it("cannot be signed without a secret", () => {
    expect(() => signClaimToken(row, "")).toThrow()
  })
})

describe("the event's own token", () => {
  it("has its request, and the event's own generation", () => {
    const token = eventToken()
    expect(readToken(token, SECRET)).toEqual({
      type: "event",
      generation: 0,
      event_token_hash: hashToken(token),
      request: {
        customer_id: "cus_clara",
        order_ids: ["order_1", "order_2"],
        event_token_hash: hashToken(token),
      },
      issuedAt: new Date(ISSUED.getTime() + 1000),
      expiresAt: new Date(ISSUED.getTime() + 15 * MINUTE),
    })
  })

  it.each([
    ["when it says, if that is early", 60, 1],
    ["after core's 15 minutes, whatever it says", 24 * 60 * 60, 15],
  ])("expires %s", (_, lifeInSeconds, minutes) => {
    const exp = seconds(ISSUED) + lifeInSeconds
    expect(readToken(eventToken({ exp }), SECRET)).toMatchObject({
      expiresAt: new Date(ISSUED.getTime() + minutes * MINUTE),
    })
  })

  it("keeps one of an order that it names twice", () => {
    const token = eventToken({ orders: ["order_1", "order_1"] })
    expect(readToken(token, SECRET)).toMatchObject({
      request: { order_ids: ["order_1"] },
    })
  })

  it("is valid for up to 3,000 orders", () => {
    const orders = Array.from({ length: 3000 }, (_, i) => `order_${i}`)
    expect(readToken(eventToken({ orders }), SECRET)).toBeDefined()
    orders.push("one more")
    expect(readToken(eventToken({ orders }), SECRET)).toBeUndefined()
  })
})

describe("no token of a claim", () => {
  const unsigned = (payload: object) =>
    [{ alg: "none", typ: "JWT" }, payload]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
      .join(".") + "."

  it.each([undefined, null, 1, "", "a", "a.b.c", ["x"], { token: "x" }])(
    "is %p",
    (value) => {
      expect(readToken(value, SECRET)).toBeUndefined()
    }
  )

  it.each([
    ["a link's", linkPayload],
    ["the event's", { claimingCustomerId: "cus_1", orders: ["order_1"] }],
  ])("is %s without a signature", (_, payload) => {
    expect(readToken(unsigned(payload), SECRET)).toBeUndefined()
  })

  it.each([
    ["a link's", signClaimToken(row, "another secret")],
    ["the event's", eventToken({}, "another secret")],
    ["a link's with the empty secret", jwt.sign(linkPayload, "x")],
  ])("is %s signed with another secret", (_, token) => {
    expect(readToken(token, SECRET)).toBeUndefined()
    expect(readToken(token, "")).toBeUndefined()
  })

  it.each(["HS384", "HS512"] as const)(
    "is one that is signed with %s",
    (algorithm) => {
      const token = jwt.sign(linkPayload, SECRET, { algorithm })
      expect(readToken(token, SECRET)).toBeUndefined()
    }
  )

  it.each([
    ["a customer's login", { customer_id: "cus_1" }],
    ["a customer's login of other releases", { customer: { id: "cus_1" } }],
    ["an admin's login", { user_id: "usr_1", domain: "admin" }],
    ["a password reset", { email: "a@example.com" }],
    ["an invitation", { invite_id: "invite_1", role: "admin" }],
    ["an empty one", {}],
    ["a link's without generation", { ...linkPayload, generation: undefined }],
    ["a link's of generation 0", { ...linkPayload, generation: 0 }],
    ["a link's of half a generation", { ...linkPayload, generation: 1.5 }],
    ["a link's with a text as generation", { ...linkPayload, generation: "1" }],
    [
      "a link's with an id that no row can have",
      { ...linkPayload, order_claim_id: "oclaim_\0" },
    ],
    ["a link's issued after the end of time", { ...linkPayload, iat: 8.7e12 }],
    ["a link's without id", { ...linkPayload, order_claim_id: undefined }],
    ["a link's with more in it", { ...linkPayload, scope: "admin" }],
  ])("is %s", (_, payload) => {
    const claims: Record<string, unknown> = { exp: 9_999_999_999, ...payload }
    expect(readToken(sign(claims), SECRET)).toBeUndefined()
  })

  it.each([
    ["without orders", { orders: undefined }],
    ["with no order", { orders: [] }],
    ["with one order as text", { orders: "order_1" }],
    ["with an order without id", { orders: [""] }],
    ["with numbers for orders", { orders: [1] }],
    ["with an order that no row can have", { orders: ["order_\0"] }],
    ["that ends after the end of time", { exp: 8.7e12 }],
    ["without a customer", { claimingCustomerId: undefined }],
    ["with a customer without id", { claimingCustomerId: "" }],
    ["with more in it", { role: "admin" }],
  ])("is the event's %s", (_, changes) => {
    const claims = { ...jwtClaims(eventToken()), ...changes }
    expect(readToken(sign(claims), SECRET)).toBeUndefined()
  })

  it("is one that never expires", () => {
    const endless = { ...linkPayload, exp: undefined }
    expect(readToken(sign(endless), SECRET)).toBeUndefined()
    const event = { ...jwtClaims(eventToken()), exp: undefined }
    expect(readToken(sign(event), SECRET)).toBeUndefined()
  })

  it("is one with a single character changed, dropped or added", () => {
    const tokens = [signClaimToken(row, SECRET), eventToken()]
    fc.assert(
      fc.property(
        fc.constantFrom(...tokens),
        fc.nat(),
        fc.nat(1),
        fc.constantFrom("", ..."AZaz09-_.= \n\0é"),
        (token, place, cut, put) => {
          const at = place % (token.length + 1)
          const changed = token.slice(0, at) + put + token.slice(at + cut)
          fc.pre(changed !== token)
          expect(readToken(changed, SECRET)).toBeUndefined()
        }
      ),
      { numRuns: campaign(200, 1000) }
    )
  })

  it("is anything else, and reading it never throws", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.string({ unit: "binary" })),
        (value) => {
          expect(readToken(value, SECRET)).toBeUndefined()
        }
      ),
      { numRuns: campaign(200, 1000) }
    )
  })

  it("is any payload signed with another secret", () => {
    const whole = { ...linkPayload, ...jwtClaims(eventToken()) }
    const payload = fc.oneof(
      fc.constantFrom(linkPayload, jwtClaims(eventToken()), whole),
      fc.dictionary(
        fc.constantFrom(...Object.keys(whole), "exp", "__proto__", "x"),
        fc.jsonValue()
      )
    )
    const other = fc.string({ minLength: 1, unit: "grapheme" })
    fc.assert(
      fc.property(payload, other, (claims, secret) => {
        fc.pre(secret !== SECRET)
        const body = JSON.stringify(claims)
        expect(readToken(jwt.sign(body, secret), SECRET)).toBeUndefined()
      }),
      { numRuns: campaign(200, 1000) }
    )
  })

  it("is any payload of another shape, though the store has signed it", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const token = jwt.sign(JSON.stringify(value), SECRET)
        expect(readToken(token, SECRET)).toBeUndefined()
      }),
      { numRuns: campaign(200, 1000) }
    )
  })

  function sign(claims: Record<string, unknown>): string {
    return jwt.sign(JSON.parse(JSON.stringify(claims)) as object, SECRET)
  }

  function jwtClaims(token: string): Record<string, unknown> {
    return jwt.decode(token) as jwt.JwtPayload
  }
})

import { createHash } from "crypto"
import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import {
  CLAIM_REQUESTED,
  hashToken,
  MalformedClaimRequest,
  parseClaimRequest,
} from "../claim-request"

const TOKEN = "header0123.payload0123.signature0123"

const payload = (changes: Record<string, unknown> = {}) => ({
  old_email: "greta@example.com",
  new_customer_id: "cus_clara",
  orders: ["order_1", "order_2"],
  token: TOKEN,
  ...changes,
})

const messageFor = (data: unknown): string => {
  try {
    parseClaimRequest(data)
  } catch (error) {
    expect(error).toBeInstanceOf(MalformedClaimRequest)
    return (error as Error).message
  }
  throw new Error("this payload was accepted")
}

describe("the payload of order-update-token.created", () => {
  it("is read", () => {
    expect(parseClaimRequest(payload())).toEqual({
      customer_id: "cus_clara",
      email: "greta@example.com",
      order_ids: ["order_1", "order_2"],
      event_token_hash: hashToken(TOKEN),
    })
  })

  it("leaves no trace of the token", () => {
    expect(JSON.stringify(parseClaimRequest(payload()))).not.toContain(TOKEN)
  })

  it("may have unknown fields", () => {
    const data = payload({ id: "order_1", no_notification: true })
    expect(parseClaimRequest(data)).toEqual(parseClaimRequest(payload()))
  })

  it("keeps one of an order that it names twice, in its place", () => {
    const orders = ["order_2", "order_1", "order_2"]
    expect(parseClaimRequest(payload({ orders })).order_ids).toEqual([
      "order_2",
      "order_1",
    ])
  })

  it("takes 3,000 orders and no more", () => {
    const orders = Array.from({ length: 3000 }, (_, i) => `order_${i}`)
    expect(parseClaimRequest(payload({ orders })).order_ids).toHaveLength(3000)
    orders.push("order_3000")
    expect(messageFor(payload({ orders }))).toMatch(/orders: .*3000/)
  })

  it.each([
    ["old_email", undefined],
    ["old_email", null],
    ["old_email", ["greta@example.com"]],
    ["old_email", ""],
    ["old_email", "gre\0ta@example.com"],
    ["old_email", "gre\ud83dta@example.com"],
    ["old_email", "x".repeat(321)],
    ["new_customer_id", undefined],
    ["new_customer_id", 42],
    ["new_customer_id", ""],
    ["new_customer_id", "cus 1"],
    ["new_customer_id", "cus\n1"],
    ["new_customer_id", "cus_\0"],
    ["new_customer_id", "cus_ü"],
    ["new_customer_id", "c".repeat(256)],
    ["orders", undefined],
    ["orders", "order_1"],
    ["orders", []],
    ["orders", { 0: "order_1", length: 1 }],
    ["token", undefined],
    ["token", ""],
    ["token", { toString: () => TOKEN }],
  ])("is refused for %s %p, which the message names", (field, value) => {
    const message = messageFor(payload({ [field]: value }))
    expect(message).toMatch(`${CLAIM_REQUESTED} carries no order claim (`)
    expect(message).toContain(`(${field}: `)
  })

  it.each([null, 7, "", "order_\ud800", "order_\0", "order 1", ["order_1"]])(
    "is refused for the order %p, with its place in the message",
    (order) => {
      expect(messageFor(payload({ orders: ["order_1", order] }))).toContain(
        "(orders.1: "
      )
    }
  )

  it.each([undefined, null, "text", 1, [], () => payload()])(
    "is refused if it is %p",
    (data) => {
      expect(messageFor(data)).toContain(CLAIM_REQUESTED)
    }
  )

  it("names several fields at once, but not a thousand", () => {
    const message = messageFor({
      ...payload(),
      old_email: 1,
      orders: Array<null>(1000).fill(null),
    })
    expect(message).toContain("old_email: ")
    expect(message.length).toBeLessThan(500)
  })

  it("is never quoted in the message", () => {
    const secret = fc.string({ minLength: 8, unit: "binary" })
    fc.assert(
      fc.property(secret, (value) => {
        const hidden = `\0${value}`
        const message = messageFor({
          old_email: hidden,
          new_customer_id: hidden,
          orders: [hidden],
          token: { hidden },
        })
        expect(message).not.toContain(value)
      })
    )
  })

  it("is read, or refused as malformed, whatever it is", () => {
    const odd = fc.oneof(fc.anything(), fc.string({ unit: "binary" }))
    const record = fc.record(
      {
        old_email: fc.oneof(fc.constant("greta@example.com"), odd),
        new_customer_id: fc.oneof(fc.constant("cus_1"), odd),
        orders: fc.oneof(fc.array(fc.constant("order_1")), fc.array(odd), odd),
        token: fc.oneof(fc.constant(TOKEN), odd),
      },
      { requiredKeys: [] }
    )
    fc.assert(
      fc.property(record, (data) => {
        try {
          const { customer_id, email, order_ids } = parseClaimRequest(data)
          const stored = JSON.stringify([customer_id, email, order_ids])
          // Characters that PostgreSQL cannot store.
          expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedClaimRequest)
        }
      }),
      { numRuns: campaign(200, 1000) }
    )
  })
})

describe("the hash of a token", () => {
  it("is its SHA-256 in hex", () => {
    const expected = createHash("sha256").update(TOKEN).digest("hex")
    expect(hashToken(TOKEN)).toBe(expected)
    expect(hashToken(`${TOKEN}x`)).not.toBe(expected)
  })
})

import type { Delivery } from "../../claims/claim"
import {
  confirmation,
  lastResponse,
  moment,
  otherOrders,
  reason,
  reversion,
} from "../order-claims/facts"
import { errorSentence } from "../order-claims/error-sentence"

const delivery = (response: string): Delivery => ({
  message: "claim-request",
  to: "recipient",
  at: "2026-11-21T14:17:01.000Z",
  outcome: "deferred",
  response,
})

describe("the facts of a claim", () => {
  it("count the other orders", () => {
    expect(otherOrders({ order_ids: ["a"] })).toBeUndefined()
    expect(otherOrders({ order_ids: ["a", "b"] })).toBe("and 1 other order")
    expect(otherOrders({ order_ids: ["a", "b", "c"] })).toBe(
      "and 2 other orders"
    )
  })

  it("show the mail server's last response, not its first", () => {
    const deliveries = [delivery("451 later"), delivery("250 OK")]
    expect(lastResponse({ deliveries })).toBe("250 OK")
    expect(lastResponse({ deliveries: [] })).toBeUndefined()
  })

  it("show why there was no mail at all", () => {
    const last_error = "no order of it may be claimed"
    expect(reason({ deliveries: [], last_error })).toBe(last_error)
    expect(reason({ deliveries: [], last_error: null })).toBeUndefined()
  })

  it("do not show the mail server's response twice", () => {
    const deliveries = [delivery("552 full")]
    expect(reason({ deliveries, last_error: "552 full" })).toBeUndefined()
  })
})

describe("the facts of a confirmed claim", () => {
  const confirmed = {
    status: "confirmed" as const,
    resolved_by: "recipient" as const,
    resolved_at: "2026-11-21T14:17:00.000Z",
    reverted_by: null,
    reverted_at: null,
    reverted_order_ids: [],
    moved_orders: [
      { id: "a", customer_id: "cus_1" },
      { id: "b", customer_id: "cus_1" },
    ],
  }
  const revertedAt = "2026-11-22T08:00:00.000Z"
  const reverted = {
    ...confirmed,
    status: "reverted" as const,
    reverted_by: "admin" as const,
    reverted_at: revertedAt,
    reverted_order_ids: ["a", "b"],
  }

  it("say who confirmed, and when", () => {
    const text = `${moment(confirmed.resolved_at)}, by the recipient`
    expect(confirmation(confirmed)).toBe(text)
    expect(confirmation(reverted)).toBe(text)
    expect(confirmation({ ...confirmed, resolved_by: "claimant" })).toMatch(
      /, by the claimant$/
    )
  })

  it("call nobody's decline or cancel a confirm", () => {
    for (const status of ["declined", "canceled"] as const) {
      expect(confirmation({ ...confirmed, status })).toBeUndefined()
    }
  })

  it("say who gave the orders back, and when", () => {
    expect(reversion(confirmed)).toBeUndefined()
    expect(reversion(reverted)).toBe(
      `${moment(revertedAt)}, by the shop's staff`
    )
    // A lifted block: there is no other trace of the confirm.
    expect(reversion({ ...reverted, moved_orders: [] })).toMatch(/staff$/)
  })

  it("count the orders that went back, if some had moved on", () => {
    expect(reversion({ ...reverted, reverted_order_ids: ["b"] })).toMatch(
      /, 1 of 2 orders$/
    )
  })
})

describe("the message of an error", () => {
  it("is the server's sentence", () => {
    const response = { data: { message: "It was declined." } }
    const error = Object.assign(new Error("status 400"), { response })
    expect(errorSentence(error)).toBe("It was declined.")
  })

  it.each([undefined, "", { code: 1 }])(
    "is the client's if the server's is %p",
    (message) => {
      const response = { data: { message } }
      const error = Object.assign(new Error("status 500"), { response })
      expect(errorSentence(error)).toBe("status 500")
      expect(errorSentence(new Error("offline"))).toBe("offline")
    }
  )
})

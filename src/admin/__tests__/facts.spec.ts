import type { Delivery } from "../../claims/claim"
import {
  beginning,
  lastResponse,
  mailAttempts,
  otherOrders,
  partGivenBack,
  reason,
} from "../order-claims/facts"
import { eventWords } from "../order-claims/history"
import { fullName, nameAndEmail } from "../order-claims/person"
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

  it("call an offer to a new account an offer", () => {
    expect(beginning({ origin: "registration" })).toBe("Offered")
    expect(beginning({ origin: "staff" })).toBe("Asked")
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

describe("the attempts to mail", () => {
  it("are counted apart for links and for notices", () => {
    expect(mailAttempts({ attempts: 5, notice_attempts: 2 })).toEqual({
      links: 3,
      notices: 2,
    })
  })
})

describe("the history of a claim", () => {
  it("says what was done, and by whom", () => {
    expect(eventWords({ action: "decline", by: "recipient" })).toEqual({
      name: "Declined",
      side: "by the recipient",
    })
    expect(eventWords({ action: "lift", by: "admin" })).toEqual({
      name: "Block lifted",
      side: "by the shop's staff",
    })
  })

  it("counts the orders that went back, if some had moved on", () => {
    const moved_orders = [
      { id: "a", customer_id: "cus_1" },
      { id: "b", customer_id: "cus_1" },
    ]
    const back = (...reverted_order_ids: string[]) =>
      partGivenBack({ moved_orders, reverted_order_ids })
    expect(back("b")).toBe("1 of 2 orders")
    expect(back("a", "b")).toBeUndefined()
  })
})

describe("the name of a person", () => {
  const email = "clara@example.com"

  it("stands before the address", () => {
    const clara = { email, first_name: "Clara", last_name: "Customer" }
    expect(nameAndEmail(clara)).toBe("Clara Customer, clara@example.com")
  })

  it("may lack", () => {
    expect(nameAndEmail({ email, first_name: null, last_name: null })).toBe(
      email
    )
    expect(fullName({ email, last_name: "Customer" })).toBe("Customer")
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

import {
  canGoBack,
  eligibleOrders,
  explainIneligibility,
  ineligibility,
  OrderFacts,
} from "../eligibility"

const claim = {
  customer_id: "cus_clara",
  email: "greta@example.com",
  order_ids: ["order_1"],
}
const order = (changes: Partial<OrderFacts> = {}): OrderFacts => ({
  id: "order_1",
  email: "greta@example.com",
  status: "pending",
  customer_id: "cus_guest",
  has_account: false,
  is_declined: false,
  ...changes,
})
const guestsOnly = { guestOrdersOnly: true }
const everybody = { guestOrdersOnly: false }

describe("an order may be claimed", () => {
  it("if it is a guest's and still on the claim's address", () => {
    expect(ineligibility(order(), claim, guestsOnly)).toBeUndefined()
  })

  it("if its address differs only in case", () => {
    const shouted = order({ email: "GRETA@example.COM" })
    expect(ineligibility(shouted, claim, guestsOnly)).toBeUndefined()
  })

  it.each(["completed", "archived", "requires_action"])(
    "if it is %s",
    (status) => {
      expect(
        ineligibility(order({ status }), claim, guestsOnly)
      ).toBeUndefined()
    }
  )

  it("from a customer with an account, if the shop allows that", () => {
    const owned = order({ has_account: true })
    expect(ineligibility(owned, claim, everybody)).toBeUndefined()
  })
})

describe("an order can be given back", () => {
  const theirs = order({ customer_id: "cus_clara" })

  it("while it is in the claimant's account", () => {
    expect(canGoBack(theirs, claim)).toBe(true)
    expect(canGoBack(order(), claim)).toBe(false)
  })

  it("unless it is canceled: core does not change it any more", () => {
    expect(canGoBack({ ...theirs, status: "canceled" }, claim)).toBe(false)
  })
})

describe("an order may not be claimed", () => {
  it.each([
    ["canceled", { status: "canceled" }],
    ["other_address", { email: "gerta@example.com" }],
    ["owner_has_account", { has_account: true }],
    ["already_theirs", { customer_id: "cus_clara" }],
    ["declined", { is_declined: true }],
  ])("for the reason %s", (reason, changes) => {
    expect(ineligibility(order(changes), claim, guestsOnly)).toBe(reason)
  })

  it.each([
    ["canceled", { status: "canceled" }],
    ["other_address", { email: "gerta@example.com" }],
    ["already_theirs", { customer_id: "cus_clara" }],
    ["declined", { is_declined: true }],
  ])("in a shop that allows any owner either: %s", (reason, changes) => {
    expect(ineligibility(order(changes), claim, everybody)).toBe(reason)
  })

  it("and reads as the claimant's already before anything else", () => {
    const theirs = order({
      customer_id: "cus_clara",
      has_account: true,
      status: "canceled",
      email: "clara@example.com",
      is_declined: true,
    })
    expect(ineligibility(theirs, claim, guestsOnly)).toBe("already_theirs")
  })
})

describe("the orders of a claim", () => {
  const orders = [
    order({ id: "order_1", status: "canceled" }),
    order({ id: "order_2" }),
    order({ id: "order_3", has_account: true }),
    order({ id: "order_4" }),
  ]

  it("are narrowed to those that may be claimed, in their order", () => {
    const ids = (rules: typeof guestsOnly) =>
      eligibleOrders(orders, claim, rules).map(({ id }) => id)
    expect(ids(guestsOnly)).toEqual(["order_2", "order_4"])
    expect(ids(everybody)).toEqual(["order_2", "order_3", "order_4"])
  })

  it("are counted by the reason against them", () => {
    const asked = {
      ...claim,
      order_ids: ["1", "2", "3", "4", "5", "6", "7", "8"],
    }
    const facts = [
      order({ status: "canceled" }),
      order({ status: "canceled" }),
      order({ email: "gerta@example.com" }),
      order({ has_account: true }),
      order({ customer_id: "cus_clara" }),
      order({ is_declined: true }),
    ]
    expect(explainIneligibility(asked, facts, guestsOnly)).toBe(
      "no order may be claimed: 2 unknown, 2 canceled, 1 on another email address, 1 of a customer with an account, 1 already the claimant's, 1 declined by its recipient"
    )
  })

  it("are explained without the addresses and ids in them", () => {
    const facts = [order({ email: "gerta@example.com" })]
    expect(explainIneligibility(claim, facts, guestsOnly)).toBe(
      "no order may be claimed: 1 on another email address"
    )
  })
})

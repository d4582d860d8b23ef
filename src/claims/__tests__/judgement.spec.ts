import type { OrderFacts } from "../eligibility"
import { judgeClaim } from "../judgement"

const claim = {
  customer_id: "cus_clara",
  email: "greta@example.com",
  order_ids: ["order_1", "order_2"],
}
const claimant = { id: "cus_clara", has_account: true }
const RULES = { guestOrdersOnly: true }

const order = (id: string, changes: Partial<OrderFacts> = {}): OrderFacts => ({
  id,
  email: "greta@example.com",
  status: "pending",
  customer_id: "cus_guest",
  has_account: false,
  is_declined: false,
  ...changes,
})
const theirs = { customer_id: "cus_clara", has_account: true }
const canceled = { status: "canceled" }

const judge = (orders: OrderFacts[], changes: object = {}) =>
  judgeClaim(claim, { claimant, orders, ...changes }, RULES)

describe("a claim", () => {
  it("is for the orders that may change hands, and leaves the others", () => {
    const [good, bad] = [order("order_1"), order("order_2", canceled)]
    expect(judge([good, bad])).toEqual({
      type: "eligible",
      claimant,
      orders: [good],
    })
  })

  it("is eligible though some orders are the claimant's already", () => {
    const good = order("order_2")
    expect(judge([order("order_1", theirs), good])).toMatchObject({
      type: "eligible",
      orders: [good],
    })
  })

  it("is done once nothing is left to move and the claimant has one of them", () => {
    const orders = [order("order_1", theirs), order("order_2", canceled)]
    expect(judge(orders)).toEqual({
      type: "done",
      claimant,
      reason: "no order may be claimed: 1 already the claimant's, 1 canceled",
    })
  })

  it("is ineligible if none of its orders may change hands, and says why", () => {
    expect(judge([order("order_1", canceled)])).toEqual({
      type: "ineligible",
      reason: "no order may be claimed: 1 unknown, 1 canceled",
    })
  })

  it("is ineligible without a claimant who has an account, whatever the orders", () => {
    const orders = [order("order_1"), order("order_2", theirs)]
    const reason = "the claimant has no account"
    for (const nobody of [undefined, { ...claimant, has_account: false }]) {
      expect(judge(orders, { claimant: nobody })).toEqual({
        type: "ineligible",
        reason,
      })
    }
  })

  it("is ineligible for what is not one plain address", () => {
    const email = "a@b.example, c@d.example"
    const facts = { claimant, orders: [order("order_1", { email })] }
    expect(judgeClaim({ ...claim, email }, facts, RULES)).toEqual({
      type: "ineligible",
      reason: "the orders' address is not one plain email address",
    })
  })
})

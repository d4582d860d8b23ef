import { renderClaimConfirmed } from "../claim-confirmed"
import { ClaimConfirmedFacts, claimConfirmedView } from "../confirmed-view"

const facts = (
  changes: Partial<ClaimConfirmedFacts> = {}
): ClaimConfirmedFacts => ({
  brand: { color: "#111827", support_email: "help@shop.example" },
  storeName: "Hill & Valley",
  party: "recipient",
  recipient: "greta@example.com",
  claimant: {
    email: "clara@example.org",
    first_name: "Clara",
    last_name: "Customer",
  },
  orders: [
    {
      display_id: 1042,
      created_at: new Date("2026-11-01T10:00:00Z"),
      items: [{ title: "Shirt", quantity: 1 }],
      item_count: 1,
    },
  ],
  orderCount: 1,
  confirmedAt: new Date("2026-11-21T14:32:00Z"),
  ...changes,
})
const render = (changes: Partial<ClaimConfirmedFacts> = {}) =>
  renderClaimConfirmed(claimConfirmedView(facts(changes)))

it("a view is finished text", () => {
  expect(claimConfirmedView(facts({ orderCount: 3 }))).toMatchObject({
    to_recipient: true,
    claimant: { name: "Clara Customer", email: "c***@example.org" },
    recipient: "g***@example.com",
    what: "3 orders",
    is_one_order: false,
    more_orders: 2,
    confirmed_at: "November 21, 2026 at 14:32 UTC",
  })
})

it("the old address reads who has the order now, and whom to tell", () => {
  expect(render()).toMatchObject({
    subject: "Hill & Valley: order #1042 changed hands",
    text: `Hello,

on November 21, 2026 at 14:32 UTC the link that we mailed to this address was confirmed.
The order is in this customer account now:
Clara Customer, c***@example.org

* #1042 of November 1, 2026

It wasn't you? Please write to help@shop.example: we can undo it.

--
Hill & Valley
`,
  })
})

it("the claimant reads where it was confirmed", () => {
  expect(render({ party: "claimant", orderCount: 2 })).toMatchObject({
    subject: "Hill & Valley: 2 orders in your account",
    text: `Hello,

on November 21, 2026 at 14:32 UTC your request was confirmed from the address
the orders were placed with, g***@example.com.
You have them in your account now:

* #1042 of November 1, 2026
* and 1 more

It wasn't you? Please write to help@shop.example: we can undo it.

--
Hill & Valley
`,
  })
})

it.each(["recipient", "claimant"] as const)(
  "carries no link that does anything, and no whole address: to the %s",
  (party) => {
    const { html, text } = render({ party })
    for (const part of [html, text]) {
      expect(part).not.toMatch(/greta|clara@|token|https?:\/\/shop/)
      expect(part).not.toMatch(/\{\{|undefined|null|NaN|\[object/)
    }
    expect(
      [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map((m) => m[1])
    ).toEqual(["mailto:help@shop.example"])
  }
)

it("asks for an answer where the shop names no address", () => {
  const { text } = render({ brand: { color: "#111827" } })
  expect(text).toContain("Please answer this email: we can undo it.")
})

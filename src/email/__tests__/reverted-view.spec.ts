import { TextSource } from "../../texts/texts"
import { renderBuiltIn } from "../built-in"
import { ClaimRevertedFacts, claimRevertedView } from "../reverted-view"

const source = new TextSource()

const facts = (
  changes: Partial<ClaimRevertedFacts> = {}
): ClaimRevertedFacts => ({
  locale: "en",
  brand: { color: "#111827", support_email: "help@shop.example" },
  storeName: "Hill & Valley",
  party: "recipient",
  recipient: "greta@example.com",
  claimant: {
    email: "clara@example.org",
    first_name: "Clara",
    last_name: "Customer",
  },
  ownAddress: false,
  orders: [
    {
      display_id: 1042,
      created_at: new Date("2026-11-01T10:00:00Z"),
      items: [{ title: "Shirt", quantity: 1, thumbnail: null }],
      item_count: 1,
    },
  ],
  orderCount: 1,
  revertedAt: new Date("2026-11-21T14:32:00Z"),
  ...changes,
})
const render = (changes: Partial<ClaimRevertedFacts> = {}) =>
  renderBuiltIn(claimRevertedView(facts(changes), source))

it("a view is finished text", () => {
  expect(claimRevertedView(facts({ orderCount: 3 }), source)).toMatchObject({
    message: "claim-reverted",
    to: "recipient",
    to_recipient: true,
    own_address: false,
    claimant: { name: "Clara Customer", email: "c***@example.org" },
    recipient: "g***@example.com",
    order_count: 3,
    more_orders: 2,
    reverted_at: "2026-11-21T14:32:00.000Z",
    texts: { heading: "Your 3 orders were removed from an account" },
  })
})

it("the old address reads that it has the order again, and who had it", () => {
  expect(render()).toMatchObject({
    subject: "Hill & Valley: Order #1042 was removed from an account",
    text: `Hello,

This order was removed from the account of Clara Customer (c***@example.org) on November 21, 2026 (14:32 UTC). It belongs to your email address again.

* Order #1042, November 1, 2026
    1 × Shirt

Nobody can ask for this order from that account again.

Is this a mistake?
Please write to us right away: help@shop.example

--
Hill & Valley
`,
  })
})

it("the claimant reads which address has the orders again", () => {
  expect(render({ party: "claimant", orderCount: 2 })).toMatchObject({
    subject: "Hill & Valley: 2 orders were removed from your account",
    text: `Hello,

These orders were removed from your account on November 21, 2026 (14:32 UTC). They belong to g***@example.com again.

* Order #1042, November 1, 2026
    1 × Shirt
* and 1 more order

Nobody can ask for these orders from your account again.

Is this a mistake?
Please write to us right away: help@shop.example

--
Hill & Valley
`,
  })
})

it("the owner of both addresses reads it of the account with that address", () => {
  const claimant = {
    email: "greta@example.com",
    first_name: "Your",
    last_name: "Bank",
  }
  const { subject, text, html } = render({ claimant, ownAddress: true })
  expect({ subject, text }).toEqual({
    subject: "Hill & Valley: Order #1042 was removed from an account",
    text: `Hello,

This order was removed from the account with your email address on November 21, 2026 (14:32 UTC).

* Order #1042, November 1, 2026
    1 × Shirt

Nobody can ask for this order from that account again.

Is this a mistake?
Please write to us right away: help@shop.example

--
Hill & Valley
`,
  })
  expect(`${subject} ${text} ${html}`).not.toMatch(/Your Bank|g\*\*\*/)
})

it.each(["recipient", "claimant"] as const)(
  "has no link that does anything, and no whole address: to the %s",
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

it("asks for a reply if the shop names no address", () => {
  const { text } = render({ brand: { color: "#111827" } })
  expect(text).toContain(
    "Is this a mistake?\nPlease reply to this email right away."
  )
})

import { renderBuiltIn } from "../built-in"
import { ClaimConfirmedFacts, claimConfirmedView } from "../confirmed-view"
import { LANGUAGES } from "../../texts/locale"
import { TextSource } from "../../texts/texts"

const source = new TextSource()

const facts = (
  changes: Partial<ClaimConfirmedFacts> = {}
): ClaimConfirmedFacts => ({
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
  confirmedAt: new Date("2026-11-21T14:32:00Z"),
  now: new Date("2026-11-21T14:32:30Z"),
  revert: undefined,
  ...changes,
})
const render = (changes: Partial<ClaimConfirmedFacts> = {}) =>
  renderBuiltIn(claimConfirmedView(facts(changes), source))

it("a view is finished text", () => {
  expect(claimConfirmedView(facts({ orderCount: 3 }), source)).toMatchObject({
    message: "claim-confirmed",
    to: "recipient",
    to_recipient: true,
    claimant: { name: "Clara Customer", email: "c***@example.org" },
    recipient: "g***@example.com",
    order_count: 3,
    more_orders: 2,
    confirmed_at: "2026-11-21T14:32:00.000Z",
    revert: undefined,
    texts: { heading: "Your 3 orders were added to an account" },
  })
})

it("the old address reads who has the order now, and whom to write to", () => {
  expect(render()).toMatchObject({
    subject: "Hill & Valley: Order #1042 was added to an account",
    text: `Hello,

This order was added to the account of Clara Customer (c***@example.org) on November 21, 2026 (14:32 UTC), using the link we emailed you.

* Order #1042, November 1, 2026
    1 × Shirt

Wasn't this you?
Please write to us right away: help@shop.example

--
Hill & Valley
`,
  })
})

it("the claimant reads where it was confirmed", () => {
  expect(render({ party: "claimant", orderCount: 2 })).toMatchObject({
    subject: "Hill & Valley: 2 orders were added to your account",
    text: `Hello,

Your request was confirmed on November 21, 2026 (14:32 UTC) with the link sent to g***@example.com, the email address of these orders.

* Order #1042, November 1, 2026
    1 × Shirt
* and 1 more order

Wasn't this you?
Please write to us right away: help@shop.example

--
Hill & Valley
`,
  })
})

it("the owner of both addresses reads that it is in their account", () => {
  const claimant = {
    email: "greta@example.com",
    first_name: "Your",
    last_name: "Bank",
  }
  const { subject, text, html } = render({ claimant, ownAddress: true })
  expect({ subject, text }).toEqual({
    subject: "Hill & Valley: Order #1042 was added to your account",
    text: `Hello,

This order was added to your account on November 21, 2026 (14:32 UTC).

* Order #1042, November 1, 2026
    1 × Shirt

Wasn't this you?
Please write to us right away: help@shop.example

--
Hill & Valley
`,
  })
  expect(`${subject} ${text} ${html}`).not.toMatch(/Your Bank|g\*\*\*/)
})

it.each(["recipient", "claimant"] as const)(
  "has no link that does anything if the shop offers none, and no whole address: to the %s",
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
  expect(text).toContain("Please reply to this email right away.")
})

describe("with a link to take it back", () => {
  const revert = {
    link: "https://shop.example/claim?token=x.y.z&action=revert",
    until: new Date("2026-11-28T14:32:00Z"),
  }

  it("a view has the link, its end, and a letter to the shop for the rest", () => {
    expect(claimConfirmedView(facts({ revert }), source)).toMatchObject({
      revert: {
        link: revert.link,
        until: {
          at: "2026-11-28T14:32:00.000Z",
          moment: "November 28, 2026 (14:32 UTC)",
          time: "(14:32 UTC)",
          in: "7 days",
        },
      },
      texts: {
        take_back: "It wasn't me: take this order back",
        take_back_until:
          "This link works for 7 days, until November 28, 2026 (14:32 UTC).",
        tell_us: "Questions? Write to us: help@shop.example",
      },
    })
  })

  it("the link comes first, on a line of its own, and the shop's address second", () => {
    expect(render({ revert }).text).toContain(`    1 × Shirt

Wasn't this you?
It wasn't me: take this order back
${revert.link}
This link works for 7 days, until November 28, 2026 (14:32 UTC).

Questions? Write to us: help@shop.example

--
`)
  })

  it("the HTML has the link once, as a button of the second rank", () => {
    const { html } = render({ revert })
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)/g)]
    expect(links.map(([, href, text]) => [href, text])).toEqual([
      [
        revert.link.replace(/=/g, "&#x3D;").replace(/&a/, "&amp;a"),
        "It wasn&#x27;t me: take this order back",
      ],
      ["mailto:help@shop.example", "help@shop.example"],
    ])
    expect(html).not.toContain("background:#111827")
  })

  it("questions are answered by mail if the shop names no address", () => {
    const { text } = render({ revert, brand: { color: "#111827" } })
    expect(text).toContain("\n\nQuestions? Reply to this email.\n")
  })

  it.each([...LANGUAGES])(
    "the owner of both addresses can take it back, too: %s",
    (locale) => {
      const own = facts({ locale, ownAddress: true, revert })
      const { texts } = claimConfirmedView(own, source)
      expect(renderBuiltIn(claimConfirmedView(own, source)).text).toContain(
        `${texts.take_back}\n${revert.link}\n${texts.take_back_until}\n`
      )
    }
  )
})

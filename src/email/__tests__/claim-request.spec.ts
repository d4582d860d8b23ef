import fc from "fast-check"
import { renderClaimRequest } from "../claim-request"
import type { OrderView } from "../order-view"
import type { ClaimRequestView } from "../view"

const LINK = "https://shop.example/claim?from=mail&token=aaa.bbb.c-c_c#orders"

const order = (changes: Partial<OrderView> = {}): OrderView => ({
  number: "#1042",
  date: "November 1, 2026",
  items: [
    { title: "Medusa T-Shirt", quantity: 2 },
    { title: "Medusa Mug", quantity: 1 },
  ],
  more_items: 0,
  ...changes,
})

const view = (changes: Partial<ClaimRequestView> = {}): ClaimRequestView => ({
  brand: {
    name: "Hill & Valley",
    url: "https://shop.example",
    logo_url: undefined,
    color: "#1f6feb",
    text_color: "#ffffff",
    support_email: "help@shop.example",
    address: "Hauptstr. 1, 10115 Berlin",
  },
  claimant: { name: "Clara Customer", email: "c***@example.com" },
  orders: [order()],
  what: "order #1042",
  is_one_order: true,
  more_orders: 0,
  link: LINK,
  expires: { at: "November 21, 2026 at 14:32 UTC", in: "15 minutes" },
  ...changes,
})

const several = view({
  orders: [order(), order({ number: "#1043", more_items: 7 })],
  what: "12 orders",
  is_one_order: false,
  more_orders: 10,
})

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#x27": "'",
  "#x60": "`",
  "#x3D": "=",
}
const unescape = (html: string) =>
  html.replace(/&(amp|lt|gt|quot|#x27|#x60|#x3D);/g, (_, name: string) => {
    return ENTITIES[name] ?? ""
  })
/** What a browser shows, roughly. */
const shown = (html: string) =>
  unescape(
    html
      .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, "")
      .replace(/<[^>]*>/g, " ")
  ).replace(/\s+/g, " ")
const hrefs = (html: string) =>
  [...html.matchAll(/\shref="([^"]*)"/g)].map(([, href = ""]) => unescape(href))

describe("the mail", () => {
  it("has the shop and the order in its subject, not escaped", () => {
    expect(renderClaimRequest(view()).subject).toBe(
      "Hill & Valley: confirm the request for order #1042"
    )
  })

  it("reads well as plain text", () => {
    expect(renderClaimRequest(view()).text).toBe(`Hello,

somebody asks Hill & Valley to add order #1042 to their customer account:
Clara Customer, c***@example.com

The order was placed with this email address:

* #1042 of November 1, 2026
    2 x Medusa T-Shirt
    1 x Medusa Mug

Was it you? Then open this link to confirm:

${LINK}

The link works for 15 minutes, until November 21, 2026 at 14:32 UTC.
Do not forward this email: whoever opens the link can confirm.

It wasn't you? Do nothing. The order stays as it is.
If this happens again, please write to help@shop.example.

--
Hill & Valley
https://shop.example
Hauptstr. 1, 10115 Berlin
`)
  })

  it("speaks of several orders, and of those it does not list", () => {
    const { subject, text, html } = renderClaimRequest(several)
    expect(subject).toContain("12 orders")
    for (const part of [text, shown(html)]) {
      expect(part).toContain("12 orders")
      expect(part).toContain("#1042")
      expect(part).toContain("#1043")
      expect(part).toContain("and 7 more")
      expect(part).toContain("and 10 more")
      expect(part).toContain("The orders stay as they are.")
      expect(part).not.toContain("The order stays")
    }
  })

  it("says nothing of more when everything is listed", () => {
    const { text, html } = renderClaimRequest(view())
    expect(text).not.toMatch(/\d more/)
    expect(shown(html)).not.toMatch(/\d more/)
  })

  it("says the same in both parts", () => {
    const { text, html } = renderClaimRequest(view())
    const facts = [
      "Hill & Valley",
      "Clara Customer, c***@example.com",
      "order #1042",
      "of November 1, 2026",
      "Medusa T-Shirt",
      "Medusa Mug",
      "15 minutes, until November 21, 2026 at 14:32 UTC",
      "whoever opens the link can confirm",
      "It wasn't you? Do nothing. The order stays as it is.",
      "help@shop.example",
      "Hauptstr. 1, 10115 Berlin",
      LINK,
    ]
    for (const fact of facts) {
      expect(text).toContain(fact)
      expect(shown(html).replace(/ ([.,])/g, "$1")).toContain(fact)
    }
  })

  it("carries the same link in both parts, and no other place to confirm", () => {
    const { text, html } = renderClaimRequest(view())
    const links = hrefs(html)
    expect(links.filter((href) => href === LINK).length).toBe(2)
    expect(new Set(links)).toEqual(
      new Set([LINK, "https://shop.example", "mailto:help@shop.example"])
    )
    expect(text.match(/https?:\S+/g)).toEqual([LINK, "https://shop.example"])
  })

  it("loads nothing, so that nobody learns who reads it", () => {
    const { html } = renderClaimRequest(view())
    expect(html).not.toMatch(/<(img|script|link|iframe|form)\b/i)
    expect(html).not.toMatch(/url\(|@import|@font-face/i)
  })

  it("shows the logo, and the name for whoever loads no images", () => {
    const brand = {
      ...view().brand,
      logo_url: "https://shop.example/logo.png?a=1&b=2",
    }
    const { html } = renderClaimRequest(view({ brand }))
    const [img = ""] = html.match(/<img\b[^>]*>/) ?? []
    expect(unescape(img)).toContain(`src="${brand.logo_url}"`)
    expect(unescape(img)).toContain('alt="Hill & Valley"')
  })

  it("leaves out what the shop does not say of itself", () => {
    const brand = {
      ...view().brand,
      url: undefined,
      support_email: undefined,
      address: undefined,
    }
    const { text, html } = renderClaimRequest(view({ brand }))
    expect(text).toMatch(/\n--\nHill & Valley\n$/)
    expect(text).not.toMatch(/undefined|If this happens again/)
    expect(html).not.toMatch(/undefined|If this happens again|mailto:/)
    expect(new Set(hrefs(html))).toEqual(new Set([LINK]))
  })

  it("leaves out a name that the claimant has not given", () => {
    const claimant = { name: "", email: "c***@example.com" }
    const { text, html } = renderClaimRequest(view({ claimant }))
    expect(text).toContain("account:\nc***@example.com\n")
    expect(shown(html)).toContain("account: c***@example.com")
  })

  it("has the brand's colour, and text to be read on it, on its button", () => {
    const { html } = renderClaimRequest(view())
    const [button = ""] = html.match(/<a\b[^>]*>\s*Yes, it was me/) ?? []
    expect(button).toMatch(/background:\s*#1f6feb/)
    expect(button).toMatch(/color:\s*#ffffff/)
    expect(unescape(button)).toContain(`href="${LINK}"`)
  })

  it.each([
    ["one order", view()],
    ["several orders", several],
  ])("is the same for the same view: %s", (_, given) => {
    expect(renderClaimRequest(given)).toEqual(renderClaimRequest(given))
  })
})

describe("what people wrote", () => {
  const SHOWN_TEXT = "shown"
  /** Views of one shape, with the same text in every place that people fill. */
  const filledWith = (text: string): ClaimRequestView => ({
    brand: {
      name: text,
      url: `https://shop.example/${text}`,
      logo_url: `https://shop.example/${text}`,
      color: "#1f6feb",
      text_color: "#ffffff",
      support_email: text,
      address: text,
    },
    claimant: { name: text, email: text },
    orders: [
      {
        number: text,
        date: text,
        items: [{ title: text, quantity: 1 }],
        more_items: 1,
      },
    ],
    what: text,
    is_one_order: false,
    more_orders: 1,
    link: `https://shop.example/${text}`,
    expires: { at: text, in: text },
  })
  /** All that tags, attributes and comments are made of. */
  const markup = (html: string) => html.replace(/[^<>"'`]/g, "")
  const harmless = markup(renderClaimRequest(filledWith(SHOWN_TEXT)).html)

  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          "<script>alert(1)</script>",
          '"><img src=x onerror=alert(1)>',
          "' onmouseover='alert(1)",
          "` onclick=`x",
          "-->",
          "<!--",
          "<![endif]-->",
          "</style><style>",
          "</title>",
          "{{link}}",
          "{{{link}}}",
          "{{#each orders}}",
          "&lt;b&gt;",
          "&amp;",
          "$&",
          "\\",
          "=",
          "javascript:alert(1)"
        ),
        fc.string({ unit: "grapheme", maxLength: 8 })
      ),
      { minLength: 1, maxLength: 4 }
    )
    .map((parts) => parts.join(""))
    .filter((text) => text.trim() !== "")

  it("adds no markup to the HTML, wherever it stands", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(markup(renderClaimRequest(filledWith(text)).html)).toBe(harmless)
      })
    )
  })

  it("stands in the HTML as it was written", () => {
    const places = (html: string, text: string) =>
      unescape(html).split(text).length
    const mark = "<b>\"Tom\" & 'Jerry' = `x`</b>"
    const count = places(
      renderClaimRequest(filledWith(SHOWN_TEXT)).html,
      SHOWN_TEXT
    )
    expect(count).toBeGreaterThan(10)
    expect(places(renderClaimRequest(filledWith(mark)).html, mark)).toBe(count)
  })

  it("stands in the text and the subject as it was written", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const given = filledWith(text)
        const { text: part, subject } = renderClaimRequest(given)
        expect(part).toContain(`${text}, ${text}\n`)
        expect(part).toContain(`1 x ${text}\n`)
        expect(part).toContain(`\n${given.link}\n`)
        expect(subject).toBe(`${text}: confirm the request for ${text}`.trim())
      })
    )
  })

  it("is never taken for a template", () => {
    const { html, text } = renderClaimRequest(filledWith("{{link}} {{{link}}}"))
    expect(text).toContain("{{link}} {{{link}}}")
    expect(unescape(html)).toContain("{{link}} {{{link}}}")
  })
})

it.each([
  ["one order", view()],
  ["several orders", several],
])("nothing of the templates is left over: %s", (_, given) => {
  const { subject, html, text } = renderClaimRequest(given)
  for (const part of [subject, html, text]) {
    expect(part).not.toMatch(/\{\{|\}\}|\[object|undefined|null|NaN/)
  }
  expect(subject).not.toMatch(/[\r\n]/)
})

it("the template engine is loaded with the first mail, not with the plugin", async () => {
  const loaded: string[] = []
  jest.doMock("handlebars/runtime", () => {
    loaded.push("handlebars")
    return jest.requireActual<object>("handlebars/runtime")
  })
  await jest.isolateModulesAsync(async () => {
    const module = await import("../claim-request")
    expect(loaded).toEqual([])
    module.renderClaimRequest(view())
    module.renderClaimRequest(view())
    expect(loaded).toEqual(["handlebars"])
  })
})

import fc from "fast-check"
import { parse } from "parse5"
import { campaign } from "../../../integration-tests/campaign"
import { renderBuiltIn } from "../built-in"
import { LANGUAGES } from "../../texts/locale"
import type { View } from "../message"
import {
  confirmedView,
  order,
  ownConfirmedView,
  ownRequestView,
  ownRevertedView,
  requestView,
  revertedView,
  ViewSetup,
} from "./views"

const ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  times: "×",
  middot: "·",
}
const unescape = (html: string) =>
  html.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (_, hex?: string, decimal?: string, name?: string) =>
      hex || decimal
        ? String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal))
        : (ENTITIES[name ?? ""] ?? "")
  )
/** The text of HTML, roughly as a browser shows it. */
const shown = (html: string) =>
  unescape(
    html
      .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, "")
      .replace(/<\/?(?:strong|small|a)\b[^>]*>/g, "")
      .replace(/<[^>]*>/g, " ")
  ).replace(/\s+/g, " ")
const hrefs = (html: string) =>
  [...html.matchAll(/\shref="([^"]*)"/g)].map(([, href = ""]) => unescape(href))

const several: ViewSetup = {
  orders: [order(), order({ display_id: 1043, item_count: 9 })],
  orderCount: 12,
}

const logo_url = "https://shop.example/logo.png?a=1&b=2"

const kinds: [string, (setup?: ViewSetup) => View][] = [
  ["claim-request", requestView],
  ["claim-request to the claimant's own address", ownRequestView],
  ["claim-confirmed to the recipient", (s) => confirmedView("recipient", s)],
  ["claim-confirmed to the claimant", (s) => confirmedView("claimant", s)],
  ["claim-confirmed to the claimant's own address", ownConfirmedView],
  [
    "claim-confirmed without a link to take it back",
    (s) => confirmedView("recipient", { ...s, canRevert: false }),
  ],
  ["claim-reverted to the recipient", (s) => revertedView("recipient", s)],
  ["claim-reverted to the claimant", (s) => revertedView("claimant", s)],
  ["claim-reverted to the claimant's own address", ownRevertedView],
]

describe("the mail with the link", () => {
  it("has the shop and the order in its subject, not escaped", () => {
    expect(renderBuiltIn(requestView()).subject).toBe(
      "Hill & Valley: Add order #1042 to an account?"
    )
  })

  it("reads well as plain text", () => {
    const { link } = requestView()
    expect(renderBuiltIn(requestView()).text).toBe(`Hello,

Clara Customer (c***@example.com) asked us to add this order to their account.

* Order #1042, November 20, 2026
    2 × Mug
    1 × T-Shirt
    and 1 more item

If you agree, it moves to that account, and later emails about it go there.

Yes, add this order
${link}

This link works for 24 hours, until November 22, 2026 (14:17 UTC).
Please do not forward this email: anyone who has the link can agree.

Don't recognize this?
You don't need to do anything: nothing changes.
Tell us it wasn't you
${link}&action=decline

Questions? Write to us: help@shop.example

--
Hill & Valley
https://shop.example
Hill 1, Valley
`)
  })

  it("names the number of several orders, and of those not listed", () => {
    const { subject, text, html } = renderBuiltIn(requestView(several))
    expect(subject).toContain("12 orders")
    for (const part of [text, shown(html)]) {
      expect(part).toContain("#1042")
      expect(part).toContain("#1043")
      expect(part).toContain("and 7 more items")
      expect(part).toContain("and 10 more orders")
    }
  })

  it("has the items of several orders in a quiet line each, without pictures", () => {
    const { html } = renderBuiltIn(requestView(several))
    expect(html).not.toContain("<img")
    const [, second = ""] = html.split("#1043, November 20, 2026")
    const [, line] =
      /^<\/strong>\s*<div class="quiet" style="color:#4b5563;font-size:14px;line-height:20px">([^]*?)<\/div>\s*<\/div>/.exec(
        second
      ) ?? []
    expect(shown(line ?? "").trim()).toMatch(
      /^2 × Mug · 1 × T-Shirt · and 7 more items$/
    )
  })

  it("has the items of one order in quiet rows, with their pictures", () => {
    const { html } = renderBuiltIn(requestView())
    const [, table = ""] =
      /<strong>Order[^]*?(<table[^]*?<\/table>)/.exec(html) ?? []
    expect(table.match(/<img/g)).toHaveLength(1)
    const quiet = [...table.matchAll(/<td [^>]*class="quiet"[^>]*>([^<]*)/g)]
    expect(quiet.map(([, text]) => unescape(text ?? ""))).toEqual([
      "2 × Mug",
      "1 × T-Shirt",
      "and 1 more item",
    ])
  })

  it("mentions no more orders when all are listed", () => {
    const orders = [order({ item_count: 2 })]
    const { text, html } = renderBuiltIn(requestView({ orders }))
    expect(text).not.toMatch(/\d more/)
    expect(shown(html)).not.toMatch(/\d more/)
  })

  it("leads to the page in both parts, and nowhere else to confirm", () => {
    const view = requestView()
    const { text, html } = renderBuiltIn(view)
    const links = hrefs(html)
    // The button, the button for Outlook, and the link in full.
    expect(links.filter((href) => href === view.link).length).toBe(3)
    expect(new Set(links)).toEqual(
      new Set([
        view.link,
        view.decline_link,
        "https://shop.example",
        "mailto:help@shop.example",
      ])
    )
    expect(text.match(/https?:\S+/g)).toEqual([
      view.link,
      view.decline_link,
      "https://shop.example",
    ])
  })

  it("has the brand's colour, and text to be read on it, on its button", () => {
    const view = requestView({ brand: { color: "#1f6feb" } })
    const { html } = renderBuiltIn(view)
    const [button = ""] = html.match(/<a\b[^>]*>\s*Yes, add this order/) ?? []
    expect(button).toMatch(/background:\s*#1f6feb/)
    expect(button).toMatch(/color:\s*#ffffff/)
    expect(unescape(button)).toContain(`href="${view.link}"`)
  })

  it("has a button that Outlook draws", () => {
    const view = requestView({ brand: { color: "#1f6feb" } })
    const { html } = renderBuiltIn(view)
    const [button = ""] =
      html.match(/<v:roundrect[\s\S]*?<\/v:roundrect>/) ?? []
    expect(unescape(button)).toContain(`href="${view.link}"`)
    expect(button).toContain('fillcolor="#1f6feb"')
    expect(button).toContain("Yes, add this order")
  })

  it("leaves the brand out of the subject where it would be too long", () => {
    const brand = { name: "The Hill & Valley Trading Company of Somewhere" }
    const { subject } = renderBuiltIn(requestView({ brand }))
    expect(subject).toBe("Add order #1042 to an account?")
  })

  it("keeps an Arabic name apart from the sentence around it", () => {
    const claimant = { first_name: "كلارا", last_name: null }
    const { text } = renderBuiltIn(requestView({ claimant }))
    expect(text).toContain("\n\u2068كلارا\u2069 (c***@example.com) asked us")
  })

  it("leaves out a name that the claimant has not given", () => {
    const claimant = { first_name: null, last_name: null }
    const { text, html } = renderBuiltIn(requestView({ claimant }))
    expect(text).toContain("\nc***@example.com asked us to add this order")
    expect(html).toContain("<strong>c***@example.com</strong> asked us to add")
  })
})

describe("the mail with the link to the claimant's own address", () => {
  it("reads well as plain text", () => {
    const { link } = ownRequestView()
    expect(renderBuiltIn(ownRequestView())).toMatchObject({
      subject: "Hill & Valley: Add order #1042 to your account?",
      text: `Hello,

An account with this email address was opened on November 21, 2026. Log in to it to add your earlier order.

* Order #1042, November 20, 2026
    2 × Mug
    1 × T-Shirt
    and 1 more item

Log in and add this order
${link}

This link works for 24 hours, until November 22, 2026 (14:17 UTC).
To agree, you need to log in to that account.

Not your account?
You don't need to do anything: nothing changes.
Tell us it isn't yours
${link}&action=decline

Questions? Write to us: help@shop.example

--
Hill & Valley
https://shop.example
Hill 1, Valley
`,
    })
  })

  it.each([...LANGUAGES])(
    "shows no claimant, and no masked address: %s",
    (locale) => {
      for (const view of [
        ownRequestView({ locale }),
        ownConfirmedView({ locale }),
        ownRevertedView({ locale }),
      ]) {
        const { text, html } = renderBuiltIn(view)
        for (const part of [text, shown(html)]) {
          expect(part).not.toMatch(/Clara|Customer|\*\*\*/)
        }
      }
    }
  )
})

it("the link that takes back is a button in Outlook, too, which draws borders of cells alone", () => {
  const { html } = renderBuiltIn(confirmedView("recipient"))
  expect(html).toMatch(
    /<td style="border:2px solid;[^"]*mso-padding-alt:10px 20px">\s*<a href="[^"]*action&#x3D;revert"/
  )
})

/** The HTML as shown by a mail program that drops the style sheet, as Gmail's app may. */
const withoutStyles = (html: string) =>
  html.replace(/<style[\s\S]*?<\/style>/g, "")

describe.each(kinds)("%s, for mail programs", (_, make) => {
  it.each(["en", "ar"])(
    "says its language and direction, with and without its outer tags: %s",
    (locale) => {
      const { html } = renderBuiltIn(make({ locale }))
      const said = `lang="${locale}" dir="${locale === "ar" ? "rtl" : "ltr"}"`
      expect(html).toContain(`<html ${said}`)
      expect(html).toMatch(new RegExp(`<div [^>]*role="article" ${said}`))
    }
  )

  it("names its characters, its width and its colour schemes", () => {
    const { html } = renderBuiltIn(make())
    expect(html).toMatch(/^<!doctype html>\n/)
    expect(html).toContain('<meta charset="utf-8">')
    expect(html).toContain('content="width=device-width, initial-scale=1"')
    expect(html).toContain('<meta name="color-scheme" content="light dark">')
    expect(html).toContain("@media (prefers-color-scheme:dark)")
  })

  it("begins with the preview, which nobody sees below it", () => {
    const view = make()
    const { html } = renderBuiltIn(view)
    const [, style, preview] =
      /<body[^>]*>\s*<div style="([^"]*)">([^<]*)<\/div>/.exec(html) ?? []
    expect(style).toMatch(/^display:none;.*max-height:0;.*overflow:hidden$/)
    expect(unescape(preview ?? "")).toBe(view.texts.preheader)
  })

  it("has its looks where no style sheet is read", () => {
    const html = withoutStyles(renderBuiltIn(make()).html)
    expect(html).toMatch(/<td align="left" /)
    expect(html).toMatch(/<h1 style="[^"]*margin:0/)
    for (const [p] of html.matchAll(/<p\b[^>]*>/g)) {
      expect(p).toMatch(/style="[^"]*margin:/)
    }
    for (const [a] of html.matchAll(/<a\b[^>]*>/g)) {
      expect(a).toMatch(/style="[^"]*color:/)
    }
    for (const [img] of html.matchAll(/<img\b[^>]*>/g)) {
      expect(img).toMatch(/ alt="/)
      expect(img).toMatch(/ height="\d+"/)
    }
  })

  it("has tables without borders and gaps, for layout only", () => {
    const { html } = renderBuiltIn(make())
    const tables = [...html.matchAll(/<table\b[^>]*>/g)]
    expect(tables.length).toBeGreaterThan(3)
    for (const [table] of tables) {
      expect(table).toContain('role="presentation"')
      expect(table).toContain('border="0" cellpadding="0" cellspacing="0"')
    }
  })

  it("has a width, a font and its pixels in Outlook, whose tags all end", () => {
    const { html } = renderBuiltIn(make())
    const outlook = [
      ...html.matchAll(/<!--\[if mso\]>([\s\S]*?)<!\[endif\]-->/g),
    ]
      .map(([, part]) => part)
      .join("")
    expect(outlook).toContain("<o:PixelsPerInch>96</o:PixelsPerInch>")
    expect(outlook).toContain("font-family:Arial")
    expect(outlook).toMatch(/<table [^>]*width="600" bgcolor="#ffffff">/)
    for (const tag of ["table", "tr", "td", "center"]) {
      const count = (end: string) =>
        outlook.match(new RegExp(`<${end}${tag}\\b`, "g"))?.length
      expect(count("")).toBe(count("/"))
    }
  })
})

describe.each(kinds)("%s", (_, make) => {
  it("says the same in both parts", () => {
    const view = make(several)
    const { text, html } = renderBuiltIn(view)
    const onlyInHtml = ["preheader", "heading", "open_link", "subject"]
    const onlyInText = ["greeting"]
    for (const [name, said] of Object.entries(view.texts)) {
      if (!onlyInHtml.includes(name)) expect(text).toContain(said)
      if (!onlyInText.includes(name)) expect(shown(html)).toContain(said)
    }
    for (const { title, items, more_items_text } of view.orders) {
      for (const part of [text, shown(html)]) {
        expect(part).toContain(title)
        expect(part).toContain(more_items_text)
        for (const item of items) {
          expect(part).toContain(`${item.quantity} × ${item.title}`)
        }
      }
    }
  })

  it.each(LANGUAGES.filter((language) => language !== "en"))(
    "has no English left: %s",
    (locale) => {
      const english = [make(), make(several)].flatMap(({ texts }) =>
        Object.values<string>({ ...texts })
      )
      const phrases = english.flatMap(
        (text) => text.match(/[A-Za-z']+ [A-Za-z']+ [A-Za-z']+/g) ?? []
      )
      for (const view of [make({ locale }), make({ ...several, locale })]) {
        const { subject, text, html } = renderBuiltIn(view)
        for (const part of [subject, text, shown(html)]) {
          expect(phrases.filter((phrase) => part.includes(phrase))).toEqual([])
        }
      }
    }
  )

  it("loads the shop's pictures and nothing else, so that nobody learns who reads it", () => {
    const { html } = renderBuiltIn(make())
    const images = [...html.matchAll(/<img\b[^>]*src="([^"]*)"/g)]

    expect(images.map(([, src]) => src)).toEqual([
      "https://shop.example/mug.jpg",
    ])
    expect(html).not.toMatch(/<(script|iframe|form|object|embed)\b/i)
    expect(html).not.toMatch(/<link\b|url\(|@import|@font-face/i)
  })

  it("shows the logo, and the name where images are not loaded", () => {
    const { html } = renderBuiltIn(make({ brand: { logo_url } }))
    const [img = ""] = html.match(/<img\b[^>]*logo[^>]*>/) ?? []
    expect(unescape(img)).toContain(`src="${logo_url}"`)
    expect(unescape(img)).toContain('alt="Hill & Valley"')
  })

  it("leaves out what the shop has not configured", () => {
    const brand = {
      url: undefined,
      support_email: undefined,
      address: undefined,
    }
    const { text, html } = renderBuiltIn(make({ brand }))
    expect(text).toMatch(/\n--\nHill & Valley\n$/)
    expect(text).not.toMatch(/undefined/)
    expect(html).not.toMatch(/undefined|mailto:/)
  })

  it("is HTML without a single error", () => {
    const errors: string[] = []
    for (const setup of [
      {},
      several,
      { locale: "ar" },
      { brand: { logo_url } },
    ]) {
      parse(renderBuiltIn(make(setup)).html, {
        onParseError: ({ code, startLine }) =>
          errors.push(`${code} in line ${startLine}`),
      })
    }
    expect(errors).toEqual([])
  })

  it("has no prices", () => {
    const { html, text } = renderBuiltIn(make(several))
    expect(`${shown(html)} ${text}`).not.toMatch(/[€$£]|EUR|USD|total/i)
  })

  it.each([...LANGUAGES])("is complete in %s", (locale) => {
    for (const setup of [{}, several]) {
      const view = make({ ...setup, locale })
      const { subject, html, text } = renderBuiltIn(view)
      const parts = [subject, html, text]

      expect(parts.join()).not.toMatch(
        /\{\{|\}\}|\[object|undefined|\bnull\b|NaN/
      )
      // i18next returns the key of a missing text.
      expect(parts.join()).not.toMatch(
        /(request|confirmed|reverted)\.\w+|questions_by/
      )
      expect(subject).not.toMatch(/[\r\n]/)
      expect(html).toContain(`<html lang="${locale}"`)
      const link =
        "link" in view ? view.link : "revert" in view && view.revert?.link
      if (link) {
        expect(text).toContain(link)
        expect(unescape(html)).toContain(link)
      }
    }
  })

  it.each([...LANGUAGES])(
    "is under 11 kB for an order, and under 18 kB for fifty: %s",
    (locale) => {
      const size = (setup: ViewSetup) =>
        Buffer.byteLength(renderBuiltIn(make({ ...setup, locale })).html)
      const items = Array.from({ length: 5 }, () => ({
        title: "T".repeat(120),
        quantity: 100,
        thumbnail: `https://shop.example/${"x".repeat(400)}`,
      }))
      const orders = Array.from({ length: 5 }, () =>
        order({ items, item_count: 9 })
      )

      expect(size({})).toBeLessThan(11 * 1024)
      expect(size({ orders, orderCount: 50 })).toBeLessThan(18 * 1024)
    }
  )
})

describe("what people wrote", () => {
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

  /** A view with one text in every place for the claimant's and the catalogue's. */
  const filledWith = (text: string) => {
    const view = requestView()
    const brand = { ...view.brand, name: text, address: text }
    const texts = Object.fromEntries(
      Object.keys(view.texts).map((name) => [name, text])
    ) as unknown as typeof view.texts
    return {
      ...view,
      brand,
      texts,
      claimant: { name: text, email: text, label: text },
      orders: view.orders.map((shownOrder) => ({
        ...shownOrder,
        title: text,
        more_items_text: text,
        items: [
          {
            title: text,
            quantity: 1,
            thumbnail: `https://shop.example/${text}`,
          },
        ],
      })),
      link: `https://shop.example/${text}`,
      decline_link: `https://shop.example/${text}`,
    }
  }
  /** Keeps only the characters that tags, attributes and comments are made of. */
  const markup = (html: string) => html.replace(/[^<>"'`]/g, "")
  const harmless = markup(renderBuiltIn(filledWith("shown")).html)

  it("adds no markup to the HTML, in any place", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(markup(renderBuiltIn(filledWith(text)).html)).toBe(harmless)
      }),
      { numRuns: campaign(200, 1000) }
    )
  })

  it("is shown as it was written", () => {
    const places = (html: string, text: string) =>
      unescape(html).split(text).length
    const mark = "<b>\"Tom\" & 'Jerry' = `x`</b>"
    const count = places(renderBuiltIn(filledWith("shown")).html, "shown")
    expect(count).toBeGreaterThan(10)
    expect(places(renderBuiltIn(filledWith(mark)).html, mark)).toBe(count)
  })

  it("is never taken for a template", () => {
    const { html, text } = renderBuiltIn(filledWith("{{link}} {{{link}}}"))
    expect(text).toContain("{{link}} {{{link}}}")
    expect(unescape(html)).toContain("{{link}} {{{link}}}")
  })
})

it("the template engine is loaded with the first mail, not with the plugin", async () => {
  const loaded: string[] = []
  jest.doMock("handlebars/runtime", () => {
    loaded.push("handlebars")
    return jest.requireActual<object>("handlebars/runtime")
  })
  await jest.isolateModulesAsync(async () => {
    const module = await import("../built-in")
    expect(loaded).toEqual([])
    module.renderBuiltIn(requestView())
    module.renderBuiltIn(requestView())
    module.renderBuiltIn(confirmedView("claimant"))
    expect(loaded).toEqual(["handlebars"])
  })
})

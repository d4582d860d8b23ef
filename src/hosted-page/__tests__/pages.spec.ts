import { createHash } from "crypto"
import fc from "fast-check"
import { DefaultTreeAdapterMap, parse } from "parse5"
import { campaign } from "../../../integration-tests/campaign"
import { hostile, hostileAddress } from "../../email/__tests__/hostile-values"
import { LANGUAGES } from "../../texts/locale"
import { PageState, statusOf } from "../page-state"
import { PageSetup, pagesOf, questionWith, TOKEN } from "./page-setup"

type Element = DefaultTreeAdapterMap["element"]
type Node = DefaultTreeAdapterMap["node"]

const STATES: Exclude<PageState, "open" | "revertable" | "late">[] = [
  ...(["confirmed", "used", "expired", "superseded", "declined"] as const),
  ...(["canceled", "stale", "invalid", "renewed", "throttled"] as const),
  ...(["reverted", "gone", "login", "locked", "failed"] as const),
]

beforeEach(() => {
  jest.useFakeTimers({ now: new Date("2026-11-21T14:17:00Z") })
})
afterEach(() => jest.useRealTimers())

/** Lists the elements of a page in order; fails if the HTML is not well formed. */
function elementsOf(html: string): Element[] {
  const problems: string[] = []
  const document = parse(html, {
    onParseError: ({ code }) => problems.push(code),
  })
  expect(problems).toEqual([])
  const walk = (node: Node): Element[] => [
    ...("tagName" in node ? [node] : []),
    ...("childNodes" in node ? node.childNodes.flatMap(walk) : []),
  ]
  return walk(document)
}

const named = (html: string, tag: string) =>
  elementsOf(html).filter(({ tagName }) => tagName === tag)
const attribute = ({ attrs }: Element, wanted: string) =>
  attrs.find(({ name }) => name === wanted)?.value
const textOf = (node: Node): string =>
  "value" in node
    ? node.value
    : "childNodes" in node
      ? node.childNodes.map(textOf).join("")
      : ""
const buttonsOf = (html: string) =>
  named(html, "button").map((button) => attribute(button, "value"))
const heading = (html: string) => textOf(named(html, "h1")[0]!)

const asking = (
  changes: Parameters<typeof questionWith>[0] = {},
  { locale = "en", ...setup }: PageSetup = {},
  action?: "decline"
) =>
  pagesOf(setup).make(
    {
      state: "open",
      question: questionWith(changes),
      token: TOKEN,
      action,
      locale,
    },
    []
  )
const telling = (state: PageState, locale = "en", setup: PageSetup = {}) =>
  pagesOf(setup).make({ state, token: TOKEN, locale }, [])

describe("the hosted page of an open claim", () => {
  it("shows the claimant, the orders, the deadline and both buttons", async () => {
    const { html, status } = await asking()
    expect(status).toBe(200)
    expect(heading(html)).toBe("Add order #1042 to an account?")
    const shown = textOf(named(html, "main")[0]!)
    for (const text of [
      "Clara Customer",
      "c***@example.com",
      "2 × Mug",
      "1 × T-Shirt",
      "and 1 more item",
      "Clara Customer (c***@example.com) asked us to add this order to their account.",
      "If you agree, it moves to that account",
      "This link works for 15 minutes, until November 21, 2026 (14:32 UTC).",
    ]) {
      expect(shown.replace(/\s+/g, " ")).toContain(text)
    }
    expect(buttonsOf(html)).toEqual(["confirm", "decline"])
    expect(named(html, "button").map(textOf)).toEqual([
      "Yes, add this order",
      "It wasn't me",
    ])
  })

  it("lets the reader deny the account, where nobody has asked for anything", async () => {
    const { html } = await asking({ ownAddress: true, loginRequired: true })
    const [, decline] = named(html, "button")
    expect(textOf(decline!)).toBe("It isn't my account")
  })

  it("posts the token, and to itself without a query", async () => {
    const { html } = await asking()
    const [form] = named(html, "form")
    expect([attribute(form!, "method"), attribute(form!, "action")]).toEqual([
      "post",
      "?",
    ])
    const [field] = named(html, "input")
    expect(attribute(field!, "value")).toBe(TOKEN)
    expect(html.split(TOKEN)).toHaveLength(2)
  })

  it("offers the link's own action first", async () => {
    const { html } = await asking({}, {}, "decline")
    expect(buttonsOf(html)).toEqual(["decline", "confirm"])
  })

  it("says how many orders are not listed", async () => {
    const { html } = await asking({ orderCount: 12 })
    expect(heading(html)).toBe("Add your 12 orders to an account?")
    expect(html).toContain("and 11 more orders")
    expect(html).toContain("Yes, add these orders")
  })
})

describe("the hosted page of a claim that can be taken back", () => {
  const revertable = (
    changes: Parameters<typeof questionWith>[0] = {},
    action?: "decline"
  ) =>
    pagesOf().make(
      {
        state: "revertable",
        question: questionWith(changes),
        token: TOKEN,
        locale: "en",
        action,
      },
      []
    )

  it("shows who has the orders, until when, and one button", async () => {
    const { html, status } = await revertable()
    expect(status).toBe(200)
    expect(heading(html)).not.toBe(heading((await asking()).html))
    const shown = textOf(named(html, "main")[0]!)
    for (const text of ["Clara Customer", "c***@example.com", "2 × Mug"]) {
      expect(shown).toContain(text)
    }
    expect(shown).toContain("November 21, 2026")
    expect(buttonsOf(html)).toEqual(["revert"])
    expect(attribute(named(html, "button")[0]!, "class")).toBe("main")
    expect(named(html, "input")).toHaveLength(1)
  })

  it.each([
    [1, "Taken back, it belongs to your email address again"],
    [12, "Taken back, they belong to your email address again"],
  ])("says what changes: %d orders", async (orderCount, text) => {
    const claims = [{ orderCount }, { orderCount, ownAddress: true }]
    for (const changes of claims) {
      const { html } = await revertable(changes)
      expect(textOf(named(html, "main")[0]!)).toContain(text)
    }
  })

  it("offers nothing else, whatever the link says", async () => {
    const { html } = await revertable({ orderCount: 12 }, "decline")
    expect(buttonsOf(html)).toEqual(["revert"])
    expect(html).toContain("and 11 more orders")
  })

  it("offers no new link once it is too late", async () => {
    const { html, status } = await telling("late")
    expect([status, heading(html)]).toEqual([200, "This link has expired"])
    expect(html).not.toContain(TOKEN)
    expect(textOf(named(html, "main")[0]!)).not.toMatch(/new link/)
  })
})

describe("the hosted page of orders that it does not list", () => {
  it.each<[PageState, string, string]>([
    [
      "gone",
      "The order was canceled, or is no longer in that account.",
      "The orders were canceled, or are no longer in that account.",
    ],
    [
      "stale",
      "The order was canceled, already belongs to an account, or has a different email address now.",
      "The orders were canceled, already belong to an account, or have a different email address now.",
    ],
    [
      "renewed",
      "We are emailing it to the address used for the order. ",
      "We are emailing it to the address used for the orders. ",
    ],
    ["expired", " the address used for the order.", " used for the orders."],
    ["locked", " the address used for the order.", " used for the orders."],
  ])("says whether there are several: %s", async (state, one, several) => {
    for (const [orderIds, text] of [
      [["order_1"], one],
      [["order_1", "order_2"], several],
    ] as const) {
      const claim = { id: "o", customer_id: "c", order_ids: [...orderIds] }
      const subject = { claim, ownAddress: false, orderIds: [...orderIds] }
      const { html } = await pagesOf().make(
        { state, token: TOKEN, locale: "en", subject },
        []
      )
      expect(textOf(named(html, "main")[0]!)).toContain(text)
    }
  })

  it("lets the reader deny the account, too, if its link has expired", async () => {
    const claim = { id: "o", customer_id: "c", order_ids: [] }
    const subject = { claim, ownAddress: true, orderIds: [] }
    const { html } = await pagesOf().make(
      { state: "expired", token: TOKEN, locale: "en", subject },
      []
    )
    expect(named(html, "button").map(textOf)).toEqual([
      "Send me a new link",
      "It isn't my account",
    ])
  })

  it("offers nothing if none can be taken back", async () => {
    const { html, status } = await telling("gone")
    expect([status, heading(html)]).toEqual([
      200,
      "This can no longer be taken back",
    ])
    expect(html).not.toContain(TOKEN)
  })
})

describe("the hosted page of a claim that needs a login", () => {
  const loggingIn = (
    facts: { state?: PageState; isPasswordWrong?: boolean } = {},
    changes: Parameters<typeof questionWith>[0] = {},
    action?: "decline"
  ) =>
    pagesOf().make(
      {
        state: "open",
        question: questionWith({ loginRequired: true, ...changes }),
        token: TOKEN,
        locale: "en",
        action,
        ...facts,
      },
      []
    )
  const passwordField = (html: string) =>
    named(html, "input").find((field) => attribute(field, "id") === "password")
  const byId = (html: string, id: string | undefined) =>
    elementsOf(html).find((element) => attribute(element, "id") === id)

  it("asks for the password, which only the confirm needs", async () => {
    const { html, status } = await loggingIn()
    expect(status).toBe(200)
    const field = passwordField(html)!
    expect(
      Object.fromEntries(field.attrs.map((a) => [a.name, a.value]))
    ).toEqual({
      id: "password",
      name: "password",
      type: "password",
      autocomplete: "current-password",
      maxlength: "1000",
      required: "",
      "aria-describedby": "password-hint",
    })
    const [label] = named(html, "label")
    expect(attribute(label!, "for")).toBe("password")
    expect(textOf(label!)).toBe("Password of that account")
    expect(textOf(byId(html, "password-hint")!)).toBe(
      "Is it your account? Enter its password to agree."
    )
    const [confirm, decline] = named(html, "button")
    expect(attribute(confirm!, "formnovalidate")).toBeUndefined()
    expect(attribute(decline!, "formnovalidate")).toBe("")
  })

  it("says so if it was wrong, and asks again", async () => {
    const { html, status } = await loggingIn({
      state: "login",
      isPasswordWrong: true,
    })
    expect(status).toBe(401)
    const field = passwordField(html)!
    expect(attribute(field, "aria-invalid")).toBe("true")
    expect(attribute(field, "autofocus")).toBe("")
    expect(attribute(field, "value")).toBeUndefined()
    const described = attribute(field, "aria-describedby")!.split(" ")
    const error = byId(html, described[1])!
    expect(attribute(error, "role")).toBe("alert")
    expect(textOf(error)).toBe("Wrong password. Please try again.")
  })

  it("goes on asking, even if the claim needs no login by now", async () => {
    const { html } = await loggingIn(
      { state: "login" },
      { loginRequired: false }
    )
    expect(passwordField(html)).toBeDefined()
  })

  it("never declines by the Enter key, even where that is the link's action", async () => {
    const { html } = await loggingIn({}, {}, "decline")
    expect(buttonsOf(html)).toEqual(["confirm", "decline"])
    const main = named(html, "button").filter((b) => attribute(b, "class"))
    expect(main.map((button) => attribute(button, "value"))).toEqual([
      "decline",
    ])
  })

  it.each(["open", "login"] as const)(
    "sends an account without a password to the shop: %s",
    async (state) => {
      const { html } = await loggingIn({ state }, { hasPassword: false })
      expect(passwordField(html)).toBeUndefined()
      expect(buttonsOf(html)).toEqual(["decline"])
      expect(html).toContain("Please log in first")
      expect(html).toContain("That account has no password here.")
    }
  )

  it("asks for none where none is needed", async () => {
    const { html } = await asking({ hasPassword: false })
    expect(named(html, "input")).toHaveLength(1)
    expect(named(html, "main").map(textOf).join()).not.toMatch(/password/i)
  })
})

describe("the hosted page of any other claim", () => {
  it.each(STATES)("has a sentence and no form left: %s", async (state) => {
    const { html, status } = await telling(state)
    expect(heading(html).length).toBeGreaterThan(5)
    expect(status).toBe(statusOf(state))
    const isDead = state === "expired" || state === "locked"
    const expected = isDead ? ["renew", "decline"] : []
    expect(buttonsOf(html)).toEqual(expected)
    expect(html.includes(TOKEN)).toBe(expected.length > 0)
  })

  it("lets the reader try again after a failure", async () => {
    const { html } = await pagesOf().make(
      { state: "failed", token: TOKEN, action: "confirm" },
      []
    )
    expect(buttonsOf(html)).toEqual(["confirm"])
    expect(html).toContain("Try again")
  })

  it("has a text of its own for each state, in each language", async () => {
    for (const locale of LANGUAGES) {
      const pages = STATES.map((state) => telling(state, locale))
      const headings = (await Promise.all(pages)).map((p) => heading(p.html))
      expect(new Set(headings).size).toBe(STATES.length)
    }
  })
})

describe("the hosted page", () => {
  it("is allowed its own style and form, and nothing else", async () => {
    const { html, policy } = await asking()
    const style = textOf(named(html, "style")[0]!)
    const hash = createHash("sha256").update(style).digest("base64")
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "img-src data:",
      "form-action 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
    expect(html).not.toMatch(/<script|\sstyle=|\son\w+=|<img|<iframe/)
  })

  it("leads to the shop and its support only", async () => {
    const { html } = await asking()
    const targets = elementsOf(html).flatMap((element) =>
      ["href", "src"].map((name) => attribute(element, name)).filter(Boolean)
    )
    expect([...new Set(targets)].sort()).toEqual([
      "data:,",
      "https://shop.example",
      "mailto:help@shop.example",
    ])
  })

  it("has the shop's colour, and a readable text colour on it", async () => {
    const { html } = await asking({}, { brand: { color: "#ffee00" } })
    expect(html).toContain(
      ":root{--brand:#ffee00;--on-brand:#000000;--brand-border:"
    )
  })

  it("shows the store's name if the options have none", async () => {
    const { html } = await asking({}, { brand: { name: undefined } })
    expect(html).toContain("The store&#x27;s own name")
  })

  it("is in the claim's language", async () => {
    const { html } = await asking({}, { locale: "ar" })
    const [root] = named(html, "html")
    expect([attribute(root!, "lang"), attribute(root!, "dir")]).toEqual([
      "ar",
      "rtl",
    ])
  })

  it.each([
    [["xx", "fr-CH", "de"], "fr-CH"],
    [["*"], "sv"],
    [[], "sv"],
  ])(
    "or else in the browser's of %j, or the shop's",
    async (languages, lang) => {
      const pages = pagesOf({ locale: "sv" })
      const { html } = await pages.make(
        { state: "invalid", token: "" },
        languages
      )
      expect(attribute(named(html, "html")[0]!, "lang")).toBe(lang)
    }
  )

  it("is in the shop's language, as the mail was, if the claim has none", async () => {
    const { html } = await pagesOf({ locale: "sv" }).make(
      { state: "used", token: "", locale: null },
      ["de"]
    )
    expect(attribute(named(html, "html")[0]!, "lang")).toBe("sv")
  })

  it("reads the token from the shop's own parameter, once", () => {
    expect(pagesOf().tokenIn({ token: "a" })).toBe("a")
    expect(pagesOf({ token_param: "t" }).tokenIn({ token: "a", t: "b" })).toBe(
      "b"
    )
    expect(pagesOf().tokenIn({ token: ["a", "b"] })).toBe("")
    expect(pagesOf().tokenIn({})).toBe("")
  })

  it("escapes what people write", async () => {
    const plain = elementsOf((await asking({ title: "T" })).html)
    const shape = (elements: Element[]) =>
      elements.map(({ tagName, attrs }) => [
        tagName,
        ...attrs.map(({ name }) => name),
      ])
    await fc.assert(
      fc.asyncProperty(
        fc.record({ name: hostile, email: hostileAddress, title: hostile }),
        async ({ name, email, title }) => {
          const { html } = await asking({
            claimant: { first_name: `N${name}`, last_name: name, email },
            title: `T${title}`,
          })
          expect(shape(elementsOf(html))).toEqual(shape(plain))
          expect(html.length).toBeLessThan(30_000)
        }
      ),
      { numRuns: campaign(100, 500) }
    )
  })
})

import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import type { OrderSource } from "../order-view"
import { TextSource } from "../../texts/texts"
import {
  ClaimRequestFacts,
  claimRequestView as makeView,
} from "../request-view"
import { LANGUAGES } from "../../texts/locale"
import { contrastOf } from "./wcag"

const source = new TextSource()
const claimRequestView = (given: ClaimRequestFacts) => makeView(given, source)

const order = (changes: Partial<OrderSource> = {}): OrderSource => ({
  display_id: 1042,
  created_at: new Date("2026-11-01T10:00:00Z"),
  items: [{ title: "Medusa T-Shirt", quantity: 2, thumbnail: null }],
  item_count: 1,
  ...changes,
})

const claimant: ClaimRequestFacts["claimant"] = {
  email: "clara@example.com",
  first_name: "Clara",
  last_name: "Customer",
  created_at: new Date("2026-11-21T08:30:00Z"),
}

const facts = (
  changes: Partial<ClaimRequestFacts> = {}
): ClaimRequestFacts => ({
  locale: "en",
  brand: { color: "#111827" },
  storeName: "Hill & Valley",
  claimant,
  ownAddress: false,
  requireLogin: false,
  orders: [order()],
  orderCount: 1,
  link: "https://shop.example/claim?token=x",
  declineLink: "https://shop.example/claim?token=x&action=decline",
  now: new Date("2026-11-21T14:17:00Z"),
  expiresAt: new Date("2026-11-21T14:32:00Z"),
  ...changes,
})

it("a view is finished text", () => {
  expect(claimRequestView(facts())).toMatchObject({
    message: "claim-request",
    locale: "en",
    dir: "ltr",
    start: "left",
    brand: { name: "Hill & Valley", color: "#111827", text_color: "#ffffff" },
    claimant: { name: "Clara Customer", email: "c***@example.com" },
    orders: [
      {
        number: "#1042",
        date: "November 1, 2026",
        title: "Order #1042, November 1, 2026",
        items: [{ title: "Medusa T-Shirt", quantity: 2 }],
        more_items: 0,
        more_items_text: "",
      },
    ],
    order_count: 1,
    more_orders: 0,
    own_address: false,
    login_required: false,
    account_opened: undefined,
    link: "https://shop.example/claim?token=x",
    decline_link: "https://shop.example/claim?token=x&action=decline",
    expires: {
      at: "2026-11-21T14:32:00.000Z",
      moment: "November 21, 2026 (14:32 UTC)",
      time: "(14:32 UTC)",
      in: "15 minutes",
    },
    texts: { subject: "Hill & Valley: Add order #1042 to an account?" },
  })
})

it("a view has the direction of its language", () => {
  expect(claimRequestView(facts({ locale: "he" }))).toMatchObject({
    dir: "rtl",
    start: "right",
  })
})

describe("the claimant", () => {
  const named = (first_name: string | null, last_name: string | null) =>
    claimRequestView(
      facts({ claimant: { ...claimant, first_name, last_name } })
    ).claimant.name

  it.each([
    ["Clara", "Customer", "Clara Customer"],
    ["Clara", null, "Clara"],
    [null, "Customer", "Customer"],
    [null, null, ""],
    ["", "", ""],
    ["Clara\r\n\u202e", "<b>", "Clara <b>"],
  ])("named %j %j reads %j", (first, last, name) => {
    expect(named(first, last)).toBe(name)
  })

  it("has a name of at most 60 characters", () => {
    expect([...named("x".repeat(500), null)]).toHaveLength(60)
  })

  it.each([
    ["ja", "Clara Customer 様（c***@example.com）"],
    ["ko", "Clara Customer 님(c***@example.com)"],
  ])(
    "has a title after the name, not after the address: %s",
    (locale, label) => {
      const { claimant: named, texts } = claimRequestView(facts({ locale }))
      expect(named.label).toBe(label)
      expect(texts.intro).toContain(label)
      expect(texts.intro).not.toMatch(/[)）] ?[様님]/)

      const nobody = { ...claimant, first_name: null, last_name: null }
      const unnamed = claimRequestView(facts({ locale, claimant: nobody }))
      expect(unnamed.claimant.label).toBe("c***@example.com")
      expect(unnamed.texts.intro).not.toMatch(/ [様님]/)
    }
  )

  it("cannot be reached with what the recipient reads", () => {
    const email = "clara.the.customer@example.com"
    const nameless = { ...claimant, email, first_name: null, last_name: null }
    const view = claimRequestView(facts({ claimant: nameless }))
    expect(view.claimant.email).toBe("c***@example.com")
    expect(JSON.stringify(view)).not.toContain("clara")
  })

  it("has an address of at most 80 characters", () => {
    const email = `c@${"x.".repeat(100)}com`
    const distant = { ...claimant, email }
    const shown = claimRequestView(facts({ claimant: distant })).claimant.email
    expect([...shown]).toHaveLength(80)
  })
})

describe("to the claimant's own address", () => {
  const own = (changes: Partial<ClaimRequestFacts> = {}) =>
    claimRequestView(facts({ ...changes, ownAddress: true }))

  it("it says that an account was opened, when, and that a login is needed", () => {
    expect(own()).toMatchObject({
      own_address: true,
      login_required: true,
      account_opened: {
        at: "2026-11-21T08:30:00.000Z",
        date: "November 21, 2026",
      },
      texts: {
        subject: "Hill & Valley: Add order #1042 to your account?",
        preheader:
          "An account with this email address was opened on November 21, 2026. Not yours? Tell us.",
        heading: "Add order #1042 to your account?",
        button: "Log in and add this order",
        no_forward: "To agree, you need to log in to that account.",
        not_you: "Not your account?",
        decline: "Tell us it isn't yours",
      },
    })
  })

  it("it counts several orders", () => {
    expect(own({ orderCount: 12 }).texts).toMatchObject({
      subject: "Hill & Valley: Add your 12 earlier orders to your account?",
      heading: "Add your 12 earlier orders to your account?",
      button: "Log in and add these orders",
    })
  })

  it("it has no word of the account's name, which a stranger may have chosen", () => {
    const named = { ...claimant, first_name: "Mallory", last_name: "Malice" }
    const view = own({ claimant: named })
    expect(view.claimant).toMatchObject({
      name: "",
      email: "c***@example.com",
    })
    expect(JSON.stringify(view)).not.toMatch(/Mallory|Malice/)
  })

  it.each([...LANGUAGES])(
    "it has the day of the account where it is read first, and no address: %s",
    (locale) => {
      const { texts, account_opened } = own({ locale })
      expect(texts.preheader).toContain(account_opened?.date)
      expect(texts.intro).toContain(account_opened?.date)
      expect(Object.values(texts).join()).not.toContain("@")
    }
  )

  it.each([...LANGUAGES])(
    "it has its own texts, and none that asks whether the reader asked: %s",
    (locale) => {
      const texts = own({ locale }).texts
      const ordinary = claimRequestView(facts({ locale })).texts
      for (const name of [
        ...(["subject", "preheader", "heading", "intro", "button"] as const),
        ...(["not_you", "no_forward", "decline"] as const),
      ]) {
        expect([name, texts[name]]).not.toEqual([name, ordinary[name]])
      }
    }
  )
})

describe("where only the claimant may confirm", () => {
  it.each([...LANGUAGES])(
    "the mail names the login, not who opens the link: %s",
    (locale) => {
      const view = claimRequestView(facts({ locale, requireLogin: true }))
      const own = claimRequestView(facts({ locale, ownAddress: true }))
      const ordinary = claimRequestView(facts({ locale }))
      expect(view).toMatchObject({
        own_address: false,
        login_required: true,
        account_opened: undefined,
        claimant: { name: "Clara Customer", email: "c***@example.com" },
      })
      expect(view.texts).toEqual({
        ...ordinary.texts,
        no_forward: own.texts.no_forward,
      })
    }
  )
})

describe("the orders", () => {
  it("are counted in all, however many are listed", () => {
    const orders = Array.from({ length: 10 }, (_, i) =>
      order({ display_id: i + 1 })
    )
    const view = claimRequestView(facts({ orders, orderCount: 3000 }))
    expect(view.orders.map(({ number }) => number)).toEqual(
      orders.map(({ display_id }) => `#${display_id}`)
    )
    expect(view).toMatchObject({
      order_count: 3000,
      more_orders: 2990,
      texts: { heading: "Add your 3000 orders to an account?" },
    })
  })

  it("have the number of items that are not listed", () => {
    const items = Array.from({ length: 5 }, () => ({
      title: "Sock",
      quantity: 1,
      thumbnail: null,
    }))
    const orders = [order({ items, item_count: 12 })]
    const [shown] = claimRequestView(facts({ orders })).orders
    expect(shown?.items).toHaveLength(5)
    expect(shown?.more_items).toBe(7)
  })

  it("have items with titles of one line and 120 characters", () => {
    const items = [
      { title: "two\nlines", quantity: 1, thumbnail: null },
      { title: "x".repeat(500), quantity: 1, thumbnail: null },
    ]
    const [shown] = claimRequestView(
      facts({ orders: [order({ items })] })
    ).orders
    expect(shown?.items[0]?.title).toBe("two lines")
    expect([...(shown?.items[1]?.title ?? "")]).toHaveLength(120)
  })

  it.each([
    ["https://shop.example/a.jpg", "https://shop.example/a.jpg"],
    [
      "http://localhost:9000/uploads/a.jpg",
      "http://localhost:9000/uploads/a.jpg",
    ],
    ["/uploads/a.jpg", undefined],
    ["javascript:alert(1)", undefined],
    ["data:image/png;base64,AAAA", undefined],
    [`https://shop.example/${"x".repeat(500)}`, undefined],
    [null, undefined],
  ])("show the picture %j as %j", (thumbnail, src) => {
    const items = [{ title: "Sock", quantity: 1, thumbnail }]
    const [shown] = claimRequestView(
      facts({ orders: [order({ items })] })
    ).orders
    expect(shown?.items[0]?.thumbnail).toBe(src)
  })
})

describe("the shop", () => {
  it.each([
    ["the brand's name before the store's", "H&V", "Medusa Store", "H&V"],
    ["the store's name", undefined, "Medusa Store", "Medusa Store"],
    ["in general, if nobody named it", undefined, undefined, "Our shop"],
    ["in general, if its name is blank", undefined, " \u200b ", "Our shop"],
    ["in one line", undefined, "Hill\n& Valley", "Hill & Valley"],
  ])("is called by %s", (_, name, storeName, expected) => {
    const brand = { name, color: "#111827" }
    expect(claimRequestView(facts({ brand, storeName })).brand.name).toBe(
      expected
    )
  })

  it("has a name of at most 60 characters", () => {
    const { name } = claimRequestView(
      facts({ storeName: "x".repeat(99) })
    ).brand
    expect([...name]).toHaveLength(60)
  })

  it("passes on what its options say", () => {
    const brand = {
      color: "#1F6FEB",
      url: "https://shop.example",
      logo_url: "https://shop.example/logo.png",
      support_email: "help@shop.example",
      address: "Hauptstr. 1\n10115 Berlin",
    }
    expect(claimRequestView(facts({ brand })).brand).toMatchObject(brand)
  })
})

describe("the text on the button", () => {
  const textOn = (color: string) =>
    claimRequestView(facts({ brand: { color } })).brand.text_color

  it.each([
    ["#000000", "#ffffff"],
    ["#ffffff", "#000000"],
    ["#FFDD00", "#000000"],
    ["#111827", "#ffffff"],
    ["#0000ff", "#ffffff"],
    ["#00ff00", "#000000"],
  ])("on %s is %s", (color, text) => {
    expect(textOn(color)).toBe(text)
  })

  it("can be read on any colour: WCAG AA, 4.5 to 1", () => {
    const colors = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, "0")}`)
    fc.assert(
      fc.property(colors, (color) => {
        expect(contrastOf(color, textOn(color))).toBeGreaterThanOrEqual(4.5)
      }),
      { numRuns: campaign(1000, 5000) }
    )
  })
})

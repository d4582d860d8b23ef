import fc from "fast-check"
import { simpleParser } from "mailparser"
import { campaign } from "../../../integration-tests/campaign"
import { renderBuiltIn } from "../built-in"
import { claimConfirmedView } from "../confirmed-view"
import type { Email } from "../email"
import type { OrderSource } from "../order-view"
import { claimRequestView } from "../request-view"
import { claimRevertedView } from "../reverted-view"
import { TextSource } from "../../texts/texts"
import {
  hostile,
  hostileAddress,
  hostileWords,
  markupOf,
} from "./hostile-values"

interface Values {
  shop: string
  first: string
  last: string
  email: string
  recipient: string
  title: string
}

const source = new TextSource()
const ISSUED = new Date("2026-11-21T14:17:00Z")
const LINK = `https://shop.example/claim?token=${"x".repeat(300)}`
const BRAND = { color: "#111827", url: "https://shop.example" }

/** Names and titles begin with a letter, so that none is left out. */
const facts = (
  { shop, first, last, email, title }: Values,
  orders = 1,
  ownAddress = false
) => ({
  locale: "en",
  brand: BRAND,
  storeName: `S${shop}`,
  claimant: {
    email,
    first_name: `N${first}`,
    last_name: last,
    created_at: ISSUED,
  },
  ownAddress,
  orders: Array.from({ length: orders }, (_, n): OrderSource => ({
    display_id: 1_000_000_000 + n,
    created_at: ISSUED,
    items: Array.from({ length: 5 }, () => ({
      title: `T${title}`,
      quantity: 1_000_000,
      thumbnail: null,
    })),
    item_count: 3000,
  })),
  orderCount: orders,
})

const request =
  (ownAddress: boolean) =>
  (values: Values, orders?: number): Email =>
    renderBuiltIn(
      claimRequestView(
        {
          ...facts(values, orders, ownAddress),
          requireLogin: false,
          link: LINK,
          declineLink: LINK,
          now: ISSUED,
          expiresAt: new Date(ISSUED.getTime() + 900_000),
        },
        source
      )
    )
const confirmed =
  (party: "recipient" | "claimant", ownAddress = false) =>
  (values: Values, orders?: number): Email =>
    renderBuiltIn(
      claimConfirmedView(
        {
          ...facts(values, orders, ownAddress),
          party,
          recipient: values.recipient,
          confirmedAt: ISSUED,
          now: ISSUED,
          revert:
            party === "recipient"
              ? { link: LINK, until: new Date(ISSUED.getTime() + 900_000) }
              : undefined,
        },
        source
      )
    )
const reverted =
  (party: "recipient" | "claimant", ownAddress = false) =>
  (values: Values, orders?: number): Email =>
    renderBuiltIn(
      claimRevertedView(
        {
          ...facts(values, orders, ownAddress),
          party,
          recipient: values.recipient,
          revertedAt: ISSUED,
        },
        source
      )
    )

const plain: Values = {
  shop: "hop",
  first: "ame",
  last: "Last",
  email: "clara@example.com",
  recipient: "greta@example.com",
  title: "itle",
}
const values = fc.record<Values>({
  shop: hostile,
  first: hostile,
  last: hostile,
  email: hostileAddress,
  recipient: hostileAddress,
  title: hostile,
})

/** Text that a mail program would turn into links. */
const linksIn = async (text: string): Promise<string[]> => {
  const head = "Content-Type: text/plain; charset=utf-8\r\n\r\n"
  const { textAsHtml = "" } = await simpleParser(head + text)
  return [...textAsHtml.matchAll(/href="([^"]*)"/g)].map(
    ([, href = ""]) => href
  )
}

const textOf = (html: string) =>
  html
    .replace(/<style[\s\S]*?<\/style>|<!--[\s\S]*?-->/g, "")
    .replace(/<[^>]*>/g, "\n")
    .replace(/&#x([0-9A-F]+);/gi, (_, code: string) =>
      String.fromCodePoint(parseInt(code, 16))
    )
    .replace(/&(lt|gt|quot);/g, " ")
    .replace(/&amp;/g, "&")

describe.each([
  ["claim-request", request(false)],
  ["claim-request, to the claimant's own address", request(true)],
  ["claim-confirmed, to the recipient", confirmed("recipient")],
  ["claim-confirmed, to the claimant", confirmed("claimant")],
  [
    "claim-confirmed, to the claimant's own address",
    confirmed("recipient", true),
  ],
  ["claim-reverted, to the recipient", reverted("recipient")],
  ["claim-reverted, to the claimant", reverted("claimant")],
  [
    "claim-reverted, to the claimant's own address",
    reverted("recipient", true),
  ],
])("whatever people wrote, %s", (_, render) => {
  const harmless = markupOf(render(plain).html)

  it("is rendered with no markup of theirs and no second header", () => {
    fc.assert(
      fc.property(values, (given) => {
        const { subject, html, text } = render(given)
        expect(markupOf(html)).toBe(harmless)
        expect(subject).not.toMatch(/(?![\u200c\u200d])[\p{C}\u2028\u2029]/u)
        expect(subject.length).toBeLessThan(300)
        for (const part of [html, text]) {
          // Those that keep a name apart from the sentence are the view's own.
          const theirs = part.replace(/\u2068([^\u2068\u2069]*)\u2069/g, "$1")
          expect(theirs).not.toMatch(/(?![\u200c\u200d\n])\p{C}/u)
        }
      }),
      { numRuns: campaign(100, 2000) }
    )
  }, 60_000)

  it("has as many lines of text as it would have anyway", () => {
    const lines = (email: Email) => email.text.split("\n").length
    fc.assert(
      fc.property(values, (given) => {
        expect(lines(render(given))).toBe(lines(render(plain)))
      }),
      { numRuns: campaign(50, 500) }
    )
  })

  it("has no link from a claimant's name, in the text or the HTML", async () => {
    const expected = render(plain)
    const [inText, inHtml] = [
      await linksIn(expected.text),
      await linksIn(textOf(expected.html)),
    ]
    expect(inText).toContain("https://shop.example")
    await fc.assert(
      fc.asyncProperty(hostileWords, hostileWords, async (first, last) => {
        const { text, html } = render({ ...plain, first, last })
        expect(await linksIn(text)).toEqual(inText)
        expect(await linksIn(textOf(html))).toEqual(inHtml)
      }),
      { numRuns: campaign(40, 200) }
    )
  }, 60_000)

  it.each(["&", '"', "<", "'", "👋", "\u0800", "="])(
    "stays under 102 kB of HTML when everything is full of %s",
    (mark) => {
      const full = mark.repeat(20_000)
      const given: Values = {
        shop: full,
        first: full,
        last: full,
        email: `${full}@${full}`,
        recipient: `${full}@${full}`,
        title: full,
      }
      const { html } = render(given, 10)
      expect(Buffer.byteLength(html)).toBeLessThan(102 * 1024)
    }
  )
})

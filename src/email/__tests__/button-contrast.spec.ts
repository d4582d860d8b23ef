import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import {
  pagesOf,
  questionWith,
  TOKEN,
} from "../../hosted-page/__tests__/page-setup"
import { renderBuiltIn } from "../built-in"
import { contrast, edgeOf } from "../contrast"
import { requestView } from "./views"
import { BRAND_COLORS, contrastOf } from "./wcag"

const found = (text: string, pattern: RegExp): string => {
  const [, value] = pattern.exec(text) ?? []
  if (!value) throw new Error(`there is no ${String(pattern)}`)
  return value
}

/** A button, as it is drawn: its colours, and those of the cards it may lie on. */
interface Drawn {
  fill: string
  edge: string
  text: string
  cards: string[]
}

const mailOf = (color: string) =>
  renderBuiltIn(requestView({ brand: { color } })).html

const cardsOf = (html: string) => [
  found(html, /class="card" style="background-color:(#\w{6})/),
  found(html, /color-scheme:dark[^]*?\.card[^{]*{background-color:(#\w{6})/),
]

function inMail(color: string): Drawn {
  const html = mailOf(color)
  const style = found(html, /<a\b[^>]* style="(background:[^"]*)"/)
  return {
    fill: found(style, /background:(#\w{6})/),
    edge: found(style, /border:2px solid (#\w{6})/),
    text: found(style, /;color:(#\w{6})/),
    cards: cardsOf(html),
  }
}

function inOutlook(color: string): Drawn {
  const html = mailOf(color)
  const shape = found(html, /(<v:roundrect[^]*?<\/v:roundrect>)/)
  expect(shape).toContain('strokeweight="1.5pt"')
  return {
    fill: found(shape, /fillcolor="(#\w{6})"/),
    edge: found(shape, /strokecolor="(#\w{6})"/),
    text: found(shape, /<center style="color:(#\w{6})/),
    cards: cardsOf(html),
  }
}

async function onPage(color: string): Promise<Drawn> {
  const question = questionWith({})
  const { html } = await pagesOf({ brand: { color } }).make(
    { state: "open", question, token: TOKEN, locale: "en" },
    []
  )
  const main = found(html, /button\.main {([^}]*)}/)
  expect(main).toContain("border-color: var(--brand-border);")
  expect(main).toContain("background: var(--brand);")
  expect(main).toContain("color: var(--on-brand);")
  return {
    fill: found(html, /--brand:(#\w{6})/),
    edge: found(html, /--brand-border:(#\w{6})/),
    text: found(html, /--on-brand:(#\w{6})/),
    cards: [...html.matchAll(/--card: (#\w{6})/g)].map(([, card]) => card!),
  }
}

it("there are the default and twenty colours", () => {
  expect(new Set(BRAND_COLORS).size).toBe(21)
  expect(requestView().brand.color).toBe(BRAND_COLORS[0])
})

describe.each([
  ["in a mail", inMail],
  ["in a mail, drawn by Outlook", inOutlook],
  ["on the hosted page", onPage],
])("the main button %s", (_, draw) => {
  it.each(BRAND_COLORS)(
    "stands out from the light and the dark card, and can be read: %s",
    async (color) => {
      const { fill, edge, text, cards } = await draw(color)
      expect(fill).toBe(color)
      expect(contrastOf(text, fill)).toBeGreaterThanOrEqual(4.5)
      expect(cards).toEqual(["#ffffff", "#1f2937"])
      for (const card of cards) {
        expect(contrastOf(edge, card)).toBeGreaterThanOrEqual(3)
      }
    }
  )
})

describe("the edge of a button", () => {
  it("is the brand's own colour, where that stands out from both cards", () => {
    expect(edgeOf("#7a7a7a")).toBe("#7a7a7a")
  })

  it("is a darker or lighter tone of it elsewhere", () => {
    expect(edgeOf("#ffd000")).toBe("#af8f00")
    expect(edgeOf("#111827")).toBe("#72767f")
  })

  it("stands out for every colour", () => {
    const colors = fc
      .integer({ min: 0, max: 0xffffff })
      .map((value) => `#${value.toString(16).padStart(6, "0")}`)
    fc.assert(
      fc.property(colors, (color) => {
        const edge = edgeOf(color)
        for (const card of ["#ffffff", "#1f2937"]) {
          expect(contrast(edge, card)).toBeCloseTo(contrastOf(edge, card))
          expect(contrastOf(edge, card)).toBeGreaterThanOrEqual(3)
        }
      }),
      { numRuns: campaign(1000, 5000) }
    )
  })
})

import { readFileSync } from "fs"
import type { Browser, Page } from "playwright-core"
import {
  chromiumAvailable,
  startBrowser,
} from "../../../integration-tests/stock-store/browser"
import { renderBuiltIn } from "../built-in"
import { directionOf, LANGUAGES } from "../../texts/locale"
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

jest.setTimeout(120_000)

const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8")

interface Complaints {
  violations: { id: string; nodes: { html: string }[] }[]
}

const messages: [string, (setup?: ViewSetup) => View][] = [
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

const withChromium = chromiumAvailable() ? describe : describe.skip

withChromium("an email, as Chromium shows it", () => {
  let browser: Browser
  let page: Page
  let requests: string[]

  beforeAll(async () => {
    browser = await startBrowser()
    page = await browser.newPage()
    await page.route("**/*", (route) => {
      requests.push(route.request().url())
      return route.abort()
    })
  })
  afterAll(() => browser?.close())

  const open = async (
    view: View,
    { width = 640, dark = false }: { width?: number; dark?: boolean } = {}
  ) => {
    await page.setViewportSize({ width, height: 900 })
    await page.emulateMedia({ colorScheme: dark ? "dark" : "light" })
    requests = []
    await page.setContent(renderBuiltIn(view).html)
  }

  /** Lists the problems that axe-core finds; landmarks are the mail program's. */
  const complaints = async (): Promise<string[]> => {
    await page.evaluate(axeSource)
    const { violations } = await page.evaluate<Complaints>(
      `axe.run({
        resultTypes: ["violations"],
        rules: { region: { enabled: false }, "landmark-one-main": { enabled: false } },
      })`
    )
    return violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`
    )
  }

  describe.each(messages)("%s", (_, make) => {
    it.each([
      ["light", "#111827", false],
      ["dark", "#111827", true],
      ["light, in a light brand colour", "#ffd000", false],
      ["dark, in a light brand colour", "#ffd000", true],
      ["light, in a middling brand colour", "#7a7a7a", false],
    ])("can be read by everybody: %s", async (_, color, dark) => {
      await open(make({ brand: { color } }), { dark })

      expect(await complaints()).toEqual([])
    })

    it.each(["ar", "ja"])("can be read by everybody: %s", async (locale) => {
      await open(make({ locale }))

      expect(await complaints()).toEqual([])
    })

    it.each([320, 360, 640, 700])("fits %i pixels", async (width) => {
      const title = "Donaudampfschifffahrtsgesellschaftskapitänsmütze".repeat(2)
      const items = [{ title, quantity: 1, thumbnail: null }]
      await open(make({ orders: [order({ items })] }), { width })

      const wide = await page.evaluate("document.documentElement.scrollWidth")
      expect(wide).toBeLessThanOrEqual(width)
    })

    it("asks the network for the shop's pictures, and nothing else", async () => {
      await open(make({ brand: { logo_url: "https://shop.example/logo.png" } }))

      expect([...new Set(requests)].sort()).toEqual([
        "https://shop.example/logo.png",
        "https://shop.example/mug.jpg",
      ])
    })
  })

  it.each([...LANGUAGES])(
    "starts on the side of its script: %s",
    async (locale) => {
      await open(requestView({ locale }))
      const style = await page.evaluate<object>(`(() => {
      const { direction, textAlign } = getComputedStyle(document.querySelector("h1"))
      return { lang: document.documentElement.lang, direction, textAlign }
    })()`)

      const dir = directionOf(locale)
      expect(style).toEqual({
        lang: locale,
        direction: dir,
        textAlign: dir === "rtl" ? "right" : "left",
      })
    }
  )

  it.each([...LANGUAGES])(
    "has a button whose text fits the width that Outlook gives it: %s",
    async (locale) => {
      const orders = [order(), order({ display_id: 1043 })]
      const texts = [
        requestView({ locale }),
        requestView({ locale, orders }),
        ownRequestView({ locale }),
        ownRequestView({ locale, orders }),
      ].map((view) => view.texts.button)
      const widest = await page.evaluate<number>(`(() => {
        const context = document.createElement("canvas").getContext("2d")
        context.font = "600 16px Arial, sans-serif"
        const widths = ${JSON.stringify(texts)}.map((text) => context.measureText(text).width)
        return Math.max(...widths)
      })()`)

      expect(widest).toBeGreaterThan(0)
      expect(widest).toBeLessThanOrEqual(368 - 16)
    }
  )

  it("leads to the page, the brand and the support, and nowhere else", async () => {
    await open(requestView())
    const links = await page.evaluate<string[]>(
      `[...document.links].map(({ href }) => href.split("?")[0])`
    )

    expect([...new Set(links)].sort()).toEqual([
      "https://shop.example/",
      "https://shop.example/claim",
      "mailto:help@shop.example",
    ])
  })
})

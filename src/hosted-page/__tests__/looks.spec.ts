import type { ExaminedClaim } from "../../actions/examine"
import type { Storefront, StorefrontAbout } from "../../options/storefront"
import { answer, ask, Claims } from "../conversation"
import { pagesOf, questionWith, TOKEN } from "./page-setup"

const NORTH = { brand: { name: "North", color: "#aa3300" }, locale: "de" }
const OWN_BRAND = /Hill &amp; Valley|help@shop\.example|Hill 1/

const claim = {
  id: "oclaim_1",
  customer_id: "cus_clara",
  order_ids: ["order_1", "order_2"],
}
const open: ExaminedClaim = {
  status: "open",
  locale: "fr",
  subject: { claim, ownAddress: false, orderIds: ["order_1"] },
  question: questionWith({}),
}

/** A claim that is confirmed once, in a shop with such a function. */
function pageWith(storefront: Storefront, examined: ExaminedClaim = open) {
  const confirm = jest.fn(() => Promise.resolve())
  const claims: Claims = {
    examine: () => Promise.resolve(examined),
    confirm,
    decline: () => Promise.resolve(),
    renew: () => Promise.resolve(),
    revert: () => Promise.resolve(),
    confirmWithPassword: () => Promise.resolve(),
  }
  const pages = pagesOf({ storefront })
  return {
    confirm,
    pages,
    opened: async () => pages.make(await ask(claims, TOKEN), ["en"]),
    pressed: async () => {
      const form = { token: TOKEN, action: "confirm" } as const
      return pages.make(await answer(claims, pages.looks, form), ["en"])
    },
  }
}

describe("the hosted page of a shop whose function chooses the storefront", () => {
  it("has its brand and its language, before and after the answer", async () => {
    const { opened, pressed } = pageWith(() => NORTH)
    for (const { html, status } of [await opened(), await pressed()]) {
      expect(status).toBe(200)
      expect(html).toContain("<bdi>North</bdi>")
      expect(html).toContain('lang="de"')
      expect(html).toContain("#aa3300")
      expect(html).not.toMatch(OWN_BRAND)
    }
  })

  it("is chosen by the orders that it is about, by one call", async () => {
    const seen: StorefrontAbout[] = []
    const { opened, pressed } = pageWith((about) => {
      seen.push(JSON.parse(JSON.stringify(about)) as StorefrontAbout)
      about.claim.order_ids.length = 0
      return {}
    })
    const { html } = await opened()
    expect(html).toMatch(OWN_BRAND)
    expect(html).toContain('lang="fr"')
    await pressed()
    expect(seen).toHaveLength(2)
    expect(seen[1]).toEqual(seen[0])
    expect(seen[0]).toEqual({
      message: "hosted-page",
      locale: "fr",
      claim,
      orders: [
        {
          id: "order_1",
          sales_channel_id: "sc_of_order_1",
          region_id: "reg_eu",
          currency_code: "eur",
          metadata: null,
        },
      ],
    })
  })

  it("has the shop's own language for a claim without one", async () => {
    const seen: string[] = []
    const storefront: Storefront = ({ locale }) => {
      seen.push(locale)
      return {}
    }
    const page = pageWith(storefront, { ...open, locale: null })
    expect((await page.opened()).html).toContain('lang="en"')
    expect(seen).toEqual(["en"])
  })

  it.each([
    [
      "throws",
      () => {
        throw new Error("no brand")
      },
    ],
    ["returns nonsense", () => ({ brand: { name: "" } })],
  ])(
    "says that something went wrong in no brand's name if it %s",
    async (_, storefront) => {
      const { opened, pressed, confirm } = pageWith(storefront)
      for (const page of [await opened(), await pressed()]) {
        expect(page.status).toBe(500)
        expect(page.html).toMatch(/<title>[^–]+<\/title>/)
        expect(page.html).not.toContain("<header>")
        expect(page.html).toContain('lang="fr"')
        expect(page.html).not.toMatch(OWN_BRAND)
        expect(page.html).not.toMatch(/The store&#x27;s own name|Clara/)
        expect(page.error).toMatchObject({ name: "StorefrontError" })
      }
      // The page says so, too: nothing has been moved.
      expect(confirm).not.toHaveBeenCalled()
    }
  )

  it("is in no brand's name either if the claim could not be read", async () => {
    const storefront = jest.fn()
    const { pages } = pageWith(storefront)
    const { html, status } = await pages.make(
      { state: "failed", token: "" },
      []
    )
    expect(status).toBe(500)
    expect(html).not.toMatch(OWN_BRAND)
    expect(storefront).not.toHaveBeenCalled()
  })

  it("has the brand of the options for a link of no claim", async () => {
    const storefront = jest.fn()
    const { pages } = pageWith(storefront)
    const { html } = await pages.make({ state: "invalid", token: "" }, [])
    expect(html).toMatch(OWN_BRAND)
    expect(storefront).not.toHaveBeenCalled()
  })
})

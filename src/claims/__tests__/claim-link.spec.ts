import fc from "fast-check"
import { claimLink, LinkedClaim, LinkTarget } from "../claim-link"

const claim = {
  id: "oclaim_1",
  customer_id: "cus_clara",
  order_ids: ["order_1", "order_2"],
}
const TOKEN = "aaaaaaaaaa.bbbbbbbbbb.ccc-cccc_c"

const linkTo = (claimUrl: LinkTarget["claimUrl"], tokenParam = "token") =>
  claimLink(claim, TOKEN, { claimUrl, tokenParam })

describe("a claim link", () => {
  it.each([
    ["https://shop.example/claim", `https://shop.example/claim?token=${TOKEN}`],
    ["https://shop.example", `https://shop.example/?token=${TOKEN}`],
    ["https://shop.example/c?", `https://shop.example/c?token=${TOKEN}`],
    [
      "https://shop.example/c?from=mail&x=%20+%2B%zz#top",
      `https://shop.example/c?from=mail&x=%20+%2B%zz&token=${TOKEN}#top`,
    ],
    [
      "https://shop.example/#/claim?tab=1",
      `https://shop.example/?token=${TOKEN}#/claim?tab=1`,
    ],
    [
      "http://localhost:8000/claim",
      `http://localhost:8000/claim?token=${TOKEN}`,
    ],
  ])("to %s is %s", (page, link) => {
    expect(linkTo(page)).toBe(link)
  })

  it("carries the token in the shop's own parameter", () => {
    const url = new URL(linkTo("https://shop.example/claim", "claim-token"))
    expect([...url.searchParams]).toEqual([["claim-token", TOKEN]])
  })

  it("keeps the page's own query and hash byte for byte", () => {
    const own = fc
      .array(fc.constantFrom(..."abcXYZ019-._~!$&()*+,;=:@/?%"), {
        maxLength: 40,
      })
      .map((characters) => characters.join(""))
    fc.assert(
      fc.property(own, own, (query, hash) => {
        const page = "https://shop.example/claim"
        const separator = query ? "&" : ""
        const end = hash ? `#${hash}` : ""
        expect(linkTo(`${page}?${query}${end}`)).toBe(
          `${page}?${query}${separator}token=${TOKEN}${end}`
        )
      })
    )
  })

  it("leads to the page that a function returns", () => {
    const seen: LinkedClaim[] = []
    const link = linkTo((given) => {
      seen.push(given)
      return `https://shop.example/${given.customer_id}`
    })
    expect(link).toBe(`https://shop.example/cus_clara?token=${TOKEN}`)
    expect(seen).toEqual([claim])
  })

  it("passes to a function only the public part of the claim", () => {
    const row = { ...claim, email: "greta@example.com", token_generation: 1 }
    const keys: string[] = []
    const claimUrl = (given: LinkedClaim) => {
      keys.push(...Object.keys(given))
      return "https://shop.example"
    }
    claimLink(row, TOKEN, { claimUrl, tokenParam: "token" })
    expect(keys.sort()).toEqual(["customer_id", "id", "order_ids"])
  })

  it.each([
    ["/claim", '"/claim"'],
    ["javascript:alert(1)", '"javascript:alert(1)"'],
    ["ftp://shop.example/", '"ftp://shop.example/"'],
    ["", '""'],
    [undefined, "undefined"],
    [null, "null"],
    [Promise.resolve("https://shop.example"), "{}"],
  ])("is refused if a function returns %p", (given, shown) => {
    const claimUrl = () => given as string
    expect(() => linkTo(claimUrl)).toThrow(
      `claim_url returned ${shown} for claim oclaim_1; expected an http(s) URL`
    )
  })

  it("is refused without the token in the message", () => {
    let message = ""
    try {
      linkTo(() => "nowhere")
    } catch (error) {
      message = (error as Error).message
    }
    expect(message).toContain("nowhere")
    expect(message).not.toContain(TOKEN)
  })

  it("is refused if a function uses the token's parameter itself", () => {
    const page = "https://shop.example/claim?token=mine"
    expect(() => linkTo(() => page)).toThrow(
      `claim_url returned "${page}" for claim oclaim_1; expected an http(s) URL without a parameter "token"`
    )
    expect(linkTo(() => page, "claim")).toBe(`${page}&claim=${TOKEN}`)
  })

  it("passes on the error of a function", () => {
    const boom = () => {
      throw new Error("no page for this sales channel")
    }
    expect(() => linkTo(boom)).toThrow("no page for this sales channel")
  })
})

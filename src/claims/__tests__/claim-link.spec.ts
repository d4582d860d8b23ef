import fc from "fast-check"
import { claimLink, LinkTarget } from "../claim-link"

const TOKEN = "aaaaaaaaaa.bbbbbbbbbb.ccc-cccc_c"

const linkTo = (claimUrl: LinkTarget["claimUrl"], tokenParam = "token") =>
  claimLink(TOKEN, { claimUrl, tokenParam })

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
})

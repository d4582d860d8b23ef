import { distance, suggestion } from "../suggestion"

const OPTIONS = [
  "claim_url",
  "from",
  "link_ttl",
  "transport",
  "brand",
  "brand.url",
  "brand.color",
  "templates",
  "templates.claim-request",
  "delivery",
  "delivery.concurrency",
  "delivery.first_retry",
  "enableUI",
].map((path) => path.split("."))

const suggested = (...path: string[]) => suggestion(path, OPTIONS)?.join(".")

describe("an unknown option", () => {
  it.each([
    ["linkTtl", "link_ttl"],
    ["link-ttl", "link_ttl"],
    ["LINK_TTL", "link_ttl"],
    ["claimURL", "claim_url"],
    ["enable_ui", "enableUI"],
    ["claim_request", "templates.claim-request"],
  ])("in another case is known: %s", (written, meant) => {
    expect(suggested(written)).toBe(meant)
  })

  it.each([
    [["brand", "colour"], "brand.color"],
    [["delivery", "concurency"], "delivery.concurrency"],
    [["form"], "from"],
    [["claim_ulr"], "claim_url"],
    [["transports"], "transport"],
  ])("with a letter wrong looks like the right one: %p", (written, meant) => {
    expect(suggested(...written)).toBe(meant)
  })

  it.each([
    [["color"], "brand.color"],
    [["colour"], "brand.color"],
    [["concurrency"], "delivery.concurrency"],
    [["brand", "from"], "from"],
    [["delivery", "url"], "brand.url"],
  ])("in the wrong section is found in the right one: %p", (written, meant) => {
    expect(suggested(...written)).toBe(meant)
  })

  it.each(["brandColor", "brand_color", "brand.color"])(
    "that names its section is found there: %s",
    (written) => {
      expect(suggested(written)).toBe("brand.color")
    }
  )

  it.each(["xyz", "", "t", "__", "smtp_password", "constructor", "retries"])(
    "that looks like none is left alone: %j",
    (written) => {
      expect(suggested(written)).toBeUndefined()
    }
  )

  it("is rather a sibling than an option of another section", () => {
    const known = [["brand", "name"], ["name"]]
    expect(suggestion(["nam"], known)).toEqual(["name"])
    expect(suggestion(["brand", "nam"], known)).toEqual(["brand", "name"])
  })
})

describe("the distance of two words", () => {
  it.each([
    ["color", "color", 0],
    ["color", "colour", 1],
    ["colour", "color", 1],
    ["color", "colar", 1],
    ["from", "form", 1],
    ["kitten", "sitting", 3],
    ["", "from", 4],
    ["from", "", 4],
  ])("%j and %j: %i", (one, other, mistakes) => {
    expect(distance(one, other)).toBe(mistakes)
  })
})

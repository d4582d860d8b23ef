import fc from "fast-check"
import { campaign } from "../../../integration-tests/campaign"
import { maskedAddress, personView } from "../person-view"
import { withoutLinks } from "../plain-text"
import { hostile, hostileAddress } from "./hostile-values"

const named = (first_name: string | null, last_name: string | null = null) =>
  personView({ email: "clara@example.com", first_name, last_name }).name

it("a person has a name and a masked address", () => {
  expect(
    personView({
      email: "clara@example.com",
      first_name: "Clara",
      last_name: "Customer",
    })
  ).toEqual({ name: "Clara Customer", email: "c***@example.com" })
})

describe("a name that looks like a link", () => {
  it.each([
    ["https://evil.example", "https: evil. example"],
    ["http:\\\\evil.example", "http: evil. example"],
    ["HTTP:////evil", "HTTP: evil"],
    ["//evil.e", "evil.e"],
    ["Eve \\\\evil.e", "Eve evil.e"],
    ["www.evil.com", "www. evil. com"],
    ["evil。com", "evil。 com"],
    ["evil．com", "evil． com"],
    ["evil｡com", "evil｡ com"],
    ["eve@evil.com", "eve@ evil. com"],
    ["mailto:eve@evil", "mailto:eve@ evil"],
    ["例え.テスト", "例え. テスト"],
  ])("becomes plain text: %s", (name, shown) => {
    expect(named(name)).toBe(shown)
  })

  it("cannot be put together from first and last name", () => {
    expect(named("https:", "//evil.com")).toBe("https: evil. com")
  })

  it("has no host left over where it is cut", () => {
    const name = named("x".repeat(50), "//evil.example")
    expect(name).toBe(`${"x".repeat(50)} evil.e…`)
  })

  it.each([
    "J. R. R. Tolkien",
    "Dr. Who",
    "Anne-Marie",
    "A.B. C",
    "Ann c/o Bo",
  ])("is left alone if it is a real name: %s", (name) => {
    expect(named(name)).toBe(name)
  })
})

it("no name has a scheme or a host name afterwards", () => {
  fc.assert(
    fc.property(hostile, hostile, (first, last) => {
      const name = named(first, last)
      expect(name).not.toMatch(/[:/\\][/\\]/)
      expect(name).not.toMatch(/[.\u3002\uff0e\uff61][\p{L}\p{N}-]{2}/u)
      expect(withoutLinks(name)).toBe(name)
    }),
    { numRuns: campaign(400, 2000) }
  )
})

it("a masked address is one line of limited length, with one character", () => {
  fc.assert(
    fc.property(hostileAddress, (email) => {
      const masked = maskedAddress(email)
      expect([...masked].length).toBeLessThanOrEqual(80)
      expect(masked).not.toMatch(/(?![\u200c\u200d])[\p{C}\n\u2028]/u)
      expect(masked).toContain("***")
    }),
    { numRuns: campaign(200, 1000) }
  )
})

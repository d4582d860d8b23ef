import fc from "fast-check"
import { AddressSearch } from "../address-search"

describe("the search for an address", () => {
  const greta = new AddressSearch("Greta@Example.com")

  it.each(["greta@example.com", "GRETA@EXAMPLE.COM"])("is %s", (value) => {
    expect(greta.isAddress(value)).toBe(true)
  })

  it.each(["greta@example.co", "a greta@example.com", "erased", ""])(
    "is not %j",
    (value) => {
      expect(greta.isAddress(value)).toBe(false)
    }
  )

  it.each([
    "550 5.1.1 <greta@example.com>: unknown",
    "greta@example.com.",
    "rfc822;GRETA@example.com",
    "to=greta@example.com",
    "(greta@example.com)",
  ])("finds it in %j", (text) => {
    expect(greta.isIn(text)).toBe(true)
  })

  it.each([
    "margreta@example.com",
    "old.greta@example.com",
    "greta@example.com.au",
    "greta@example.community",
    "greta at example.com",
  ])("does not find it in %j", (text) => {
    expect(greta.isIn(text)).toBe(false)
  })

  it.each([
    ["grÉta@bücher.example", "gréta@xn--bcher-kva.example"],
    ["gréta@xn--bcher-kva.example", "GRÉTA@BÜCHER.EXAMPLE"],
    ["gréta@example.com", "gre\u0301ta@example.com"],
    ["gre\u0301ta@example.com", "gréta@example.com"],
  ])("of %j finds %j", (address, written) => {
    const search = new AddressSearch(address)
    expect(search.isAddress(written)).toBe(true)
    expect(search.isIn(`no <${written}>`)).toBe(true)
  })

  /** As PostgreSQL's LIKE has it, where only ASCII letters have two cases. */
  const isLike = (text: string, pattern: string) => {
    const parts = pattern.split("%").map((part) => part.replace(/\./g, "\\."))
    return new RegExp(`^${parts.join("[^]*")}$`).test(
      text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
    )
  }

  it("has patterns that find whatever it finds", () => {
    const letter = fc.constantFrom(..."abyzABYZ019._%+-'éÉüßñÑ字")
    const local = fc.string({ unit: letter, minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(local, fc.boolean(), (part, isUpper) => {
        const address = `${part}@Bücher.example`
        const search = new AddressSearch(address)
        const text = `550 <${isUpper ? address.toUpperCase() : address}> no`
        const isFound = search.patterns.some((each) => isLike(text, each))
        expect(isFound || !search.isIn(text)).toBe(true)
        expect(isFound).toBe(true)
      })
    )
  })
})

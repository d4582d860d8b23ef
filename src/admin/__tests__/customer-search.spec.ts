import { hasWords, splitSearch } from "../order-claims/customer-search"

const clara = {
  email: "clara@example.com",
  first_name: "Clara",
  last_name: "van Customer",
}

const found = (text: string) => hasWords(clara, splitSearch(text).others)

describe("the search for a customer", () => {
  it("asks core for the longest word, which it compares with one field", () => {
    expect(splitSearch(" Clara  Customer ")).toEqual({
      word: "Customer",
      others: ["Clara"],
    })
    expect(splitSearch("clara@example.com")).toEqual({
      word: "clara@example.com",
      others: [],
    })
    expect(splitSearch("Anna Anna").others).toEqual(["Anna"])
    expect(splitSearch("  ")).toEqual({ word: "", others: [] })
  })

  it("finds a whole name, in any order, and with the address", () => {
    expect(found("Clara Customer")).toBe(true)
    expect(found("customer, clara")).toBe(true)
    expect(found("clara van customer")).toBe(true)
    expect(found("Clara clara@example.com")).toBe(true)
  })

  it("leaves out who only has one of the words", () => {
    expect(found("Anna Customer")).toBe(false)
    expect(hasWords({ email: "customer@example.com" }, ["Clara"])).toBe(false)
  })
})

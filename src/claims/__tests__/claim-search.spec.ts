import { parseClaimSearch } from "../claim-search"

describe("a search among claims", () => {
  it.each([
    ["1042", 1042],
    ["#1042", 1042],
    ["#0", 0],
    ["2147483647", 2147483647],
  ])("for %s is for an order's number", (words, display_id) => {
    expect(parseClaimSearch(words)).toEqual({ type: "number", display_id })
  })

  it.each([
    "greta@example.com",
    "gre",
    "1042@",
    "##1",
    "2147483648",
    "491701234567",
    "1 042",
  ])("for %s is for an address", (words) => {
    expect(parseClaimSearch(words)).toEqual({ type: "address", prefix: words })
  })
})

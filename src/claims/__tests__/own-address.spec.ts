import { isOwnClaim, needsLogin } from "../own-address"

const GRETA = "greta@example.com"
const anyShop = { requireLogin: false }
const claim = (own_address = false) => ({ email: GRETA, own_address })

describe("a claim needs its claimant's login", () => {
  it.each([
    ["if the recipient is the account's address now", false, GRETA],
    ["in whatever case it is written", false, "Greta@Example.COM"],
    ["if it was, and the account has another now", true, "else@example.com"],
    ["if it was and is", true, GRETA],
  ])("%s", (_, wasOwn, email) => {
    expect(needsLogin(claim(wasOwn), { email }, anyShop)).toBe(true)
    expect(isOwnClaim(claim(wasOwn), { email })).toBe(true)
  })

  it("if it was the account's address, and the account is gone", () => {
    expect(needsLogin(claim(true), undefined, anyShop)).toBe(true)
  })

  it("in a shop that asks for it, for any address", () => {
    const other = { email: "clara@example.com" }
    expect(needsLogin(claim(), other, { requireLogin: true })).toBe(true)
    expect(isOwnClaim(claim(), other)).toBe(false)
  })
})

describe("a claim needs no login", () => {
  it.each([
    ["for another address", { email: "clara@example.com" }],
    ["for one that only looks alike", { email: "greta@example.com.evil.test" }],
    ["if the account is gone", undefined],
  ])("%s", (_, claimant) => {
    expect(needsLogin(claim(), claimant, anyShop)).toBe(false)
  })
})

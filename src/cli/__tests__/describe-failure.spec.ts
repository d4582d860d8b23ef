import { parseOptions } from "../../options/settings"
import { describeFailure } from "../describe-failure"
import { SHOP } from "./store-folder"

const failureOf = (options: object): unknown => {
  try {
    parseOptions({ ...SHOP, ...options })
  } catch (error) {
    return error
  }
  throw new Error("these options are valid")
}

describe("a command that fails", () => {
  it("says why in one line, without a login", () => {
    const error = new Error("no\nway to smtp://me:pw@host")
    expect(describeFailure(error)).toBe(
      "order-claim: no way to smtp://***@host"
    )
  })

  it("says one problem of the options per line, and counts them", () => {
    const error = failureOf({ link_ttl: "8d", brand: { colour: "red" } })
    expect(describeFailure(error).split("\n")).toEqual([
      "order-claim: 2 problems in the plugin's options:",
      "  brand.colour: there is no such option; did you mean brand.color?",
      '  link_ttl: expected a duration from "1m" to "7d"; got "8d"',
    ])
  })

  it("shows the examples of an option whole, and hides a login that was given", () => {
    const transport = describeFailure(failureOf({ transport: "smpt://x" }))
    expect(transport).toContain('"smtp://user:password@mail.example:587"')
    const claim_url = "https://me:hunter2@shop.example"
    const url = describeFailure(failureOf({ claim_url }))
    expect(url).toContain('got "https://***@shop.example"')
  })
})

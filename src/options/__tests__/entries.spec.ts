import { entries, entryAt } from "../entries"
import type { OrderClaimOptions } from "../options"
import type { GivenOptions } from "../schema"

describe("the options", () => {
  it("all say what they expect", () => {
    expect(entries.filter(({ expected }) => !expected)).toEqual([])
  })

  it("say the bounds that they are checked with", () => {
    expect(entryAt(["link_ttl"])).toEqual({
      path: ["link_ttl"],
      expected: 'a duration from "1m" to "7d"',
      defaultValue: "24h",
      substitute: undefined,
      isSection: false,
    })
    expect(entryAt(["delivery", "concurrency"])).toMatchObject({
      expected: "a whole number from 1 to 50",
      defaultValue: 5,
    })
  })

  it("say what each value of a list is, where there may be one", () => {
    expect(entryAt(["limits", "per_recipient"])).toMatchObject({
      expected:
        'a limit such as "5/1h" (five in one hour), with a duration from "1s" to "30d", or a list of 1 to 5 of them',
      expectedOfEach:
        'a limit such as "5/1h" (five in one hour), with a duration from "1s" to "30d"',
      defaultValue: ["5/1h", "10/1d"],
    })
    expect(entryAt(["delivery", "rate_limit"])?.expectedOfEach).toBeUndefined()
  })

  it("say what holds without them", () => {
    expect(entryAt(["claim_url"])?.substitute).toMatch(/hosted page/)
  })

  it("of a section stand behind it", () => {
    const names = entries.map(({ path }) => path.join("."))
    const at = names.indexOf("limits")
    expect(names.slice(at, at + 3)).toEqual([
      "limits",
      "limits.per_recipient",
      "limits.per_customer",
    ])
    expect(entryAt(["limits"])).toMatchObject({ isSection: true })
  })

  it("are found by a path into their value", () => {
    expect(entryAt(["templates", "texts", "de", "a.b"])?.path).toEqual([
      "templates",
      "texts",
    ])
    expect(entryAt(["transport", 0])?.path).toEqual(["transport"])
    expect(entryAt([])).toBeUndefined()
    expect(entryAt(["nothing"])).toBeUndefined()
  })

  it("have the types that shops see", () => {
    // Checked by the compiler.
    const written = (given: GivenOptions): OrderClaimOptions => given
    const read = (
      options: Required<OrderClaimOptions>
    ): Required<GivenOptions> => options
    expect([written, read]).toHaveLength(2)
  })
})

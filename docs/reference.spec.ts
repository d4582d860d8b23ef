import { readFileSync } from "fs"
import { join } from "path"
import { storefrontOf } from "../src/options/ask-storefront"
import { parseOptions } from "../src/options/settings"
import { LANGUAGES } from "../src/texts/locale"
import { codeBlocks } from "./code-blocks"
import { documents, optionFields, sharedPaths, viewFields } from "./reference"
import { updated } from "./updated"

describe("what the documents say of the sources", () => {
  it.each(documents)("is what npm run docs writes: %s", (file) => {
    const document = readFileSync(file, "utf8")

    expect(document).toMatch(/<!-- (fields|shared|options): |\/\/ from \w+\.ts/)
    expect(document).toBe(updated(file))
  })

  it("leaves no field without a meaning", () => {
    const fields = [...viewFields().flat(), ...optionFields()]
    expect(fields.filter(({ meaning }) => !meaning)).toEqual([])
  })

  it("has each field once: of one message, or of all", () => {
    const email = readFileSync(join(__dirname, "email.md"), "utf8")
    const shown = [...email.matchAll(/^\| `([\w.[\]]+)` +\| `/gm)]
    const shared = sharedPaths()
    const own = viewFields().flatMap((fields) =>
      fields.filter(({ path }) => !shared.has(path))
    )
    expect(shared.size).toBeGreaterThan(20)
    expect(shown.map(([, path]) => path).sort()).toEqual(
      [...shared, ...own.map(({ path }) => path)].sort()
    )
  })

  it("names every language of the emails", () => {
    const email = readFileSync(join(__dirname, "email.md"), "utf8")
    const [, list = ""] = /^## Languages\n\n([^.]+)\./m.exec(email) ?? []
    const readme = readFileSync(join(__dirname, "..", "README.md"), "utf8")

    expect(list.split(/,\s+|\s+and\s+/)).toEqual([...LANGUAGES])
    expect(readme).toContain(`In ${LANGUAGES.length} languages`)
  })

  it("is the message of invalid options", () => {
    const shown = codeBlocks().find(({ code }) =>
      code.includes("invalid options")
    )
    const options = {
      from: "orders@my-shop.example",
      brand: { colour: "#0f766e" },
      link_ttl: "15",
    }
    expect(() => parseOptions(options, {})).toThrow(shown!.code.trim())
  })

  it("is the message of an invalid result of storefront", async () => {
    const shown = codeBlocks().find(({ code }) =>
      code.includes("invalid values")
    )
    const storefront = () => ({ brand: { name: "North", colour: "#0f766e" } })
    const settings = parseOptions({ from: "a@b.example", storefront }, {})
    const calling = storefrontOf(settings, {})!({
      message: "claim-request",
      locale: "en",
      claim: { id: "oclaim_1", customer_id: "cus_1", order_ids: [] },
      orders: [],
    })
    await expect(calling).rejects.toThrow(shown!.code.trim())
  })
})

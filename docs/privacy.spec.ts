import { readFileSync } from "fs"
import { join } from "path"
import { getMetadataArgsStorage } from "typeorm"
import { CLAIM_STATUSES } from "../src/claims/claim"
import { OrderClaim } from "../src/models/order-claim"

const text = readFileSync(join(__dirname, "privacy.md"), "utf8")

/** The names in backticks in the first cells of a table. */
function firstCells(part: string): string[] {
  return [...part.matchAll(/^\| ([^|]+)\|/gm)].flatMap(([, cell]) =>
    [...cell!.matchAll(/`(\w+)`/g)].map(([, name]) => name!)
  )
}

describe("docs/privacy.md", () => {
  it("lists every column of the table, once", () => {
    const [, part = ""] =
      /<!-- columns -->([^]*)<!-- end of columns -->/.exec(text) ?? []
    const columns = getMetadataArgsStorage()
      .columns.filter(({ target }) => target === OrderClaim)
      .map(({ propertyName }) => propertyName)

    expect(firstCells(part).sort()).toEqual(columns.sort())
  })

  it("says of every status when it is over, once", () => {
    const [, part = ""] = /## How long([^]*?)\n## /.exec(text) ?? []
    expect(firstCells(part).sort()).toEqual([...CLAIM_STATUSES].sort())
  })

  it("is linked from the README", () => {
    const readme = readFileSync(join(__dirname, "../README.md"), "utf8")
    expect(readme).toContain("(docs/privacy.md)")
  })
})

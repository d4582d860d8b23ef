import { readdirSync, readFileSync } from "fs"
import { join } from "path"
import { CLAIM_STATUSES } from "../src/claims/claim"
import { codeBlocks, root } from "./code-blocks"

const figure = (kind: string) =>
  codeBlocks().find(
    ({ language, code }) => language === "mermaid" && code.includes(kind)
  )!.code

describe("the figures", () => {
  it("show every status of a claim, and no other", () => {
    const shown = [
      ...figure("stateDiagram").matchAll(/^ +(\w+) --> (\w+):/gm),
    ].flatMap(([, from, to]) => [from, to])
    expect(new Set(shown)).toEqual(new Set(CLAIM_STATUSES))
  })

  const shown = [...figure("flowchart").matchAll(/<b>([\w./-]+)<\/b>/g)].map(
    ([, name]) => name!
  )

  it("show every folder of src, but those that Medusa prescribes for the table", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "__tests__")
      .map(({ name }) => `${name}/`)
    expect([...shown, "models/", "migrations/"].sort()).toEqual(
      [...folders, "runtime.ts"].sort()
    )
  })

  it("show the layers of the contributor's table", () => {
    const table = readFileSync(join(root, "CONTRIBUTING.md"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .flatMap((line) => [...line.split("|")[1]!.matchAll(/`([\w./-]+)`/g)])
    const named = table.map(([, name]) => name)
    expect(named).toEqual(expect.arrayContaining(shown))
  })
})

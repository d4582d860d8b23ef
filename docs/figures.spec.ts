import { readFileSync } from "fs"
import { join } from "path"
import type { ClaimStatus } from "../src/claims/claim"
import { codeBlocks, root } from "./code-blocks"

const figure = (kind: string) =>
  codeBlocks().find(
    ({ language, code }) => language === "mermaid" && code.includes(kind)
  )!.code

const statuses = {
  pending: true,
  sent: true,
  confirmed: true,
  declined: true,
  canceled: true,
  failed: true,
  throttled: true,
  ineligible: true,
} satisfies Record<ClaimStatus, true>

describe("the figures", () => {
  it("show every status of a claim, and no other", () => {
    const shown = [
      ...figure("stateDiagram").matchAll(/^ +(\w+) --> (\w+):/gm),
    ].flatMap(([, from, to]) => [from, to])
    expect(new Set(shown)).toEqual(new Set(Object.keys(statuses)))
  })

  it("show the layers of the contributor's table", () => {
    const shown = [...figure("flowchart").matchAll(/<b>([\w./-]+)<\/b>/g)]
    const table = readFileSync(join(root, "CONTRIBUTING.md"), "utf8")
      .split("\n")
      .filter((line) => line.startsWith("| `"))
      .flatMap((line) => [...line.split("|")[1]!.matchAll(/`([\w./-]+)`/g)])
    const named = table.map(([, name]) => name)
    expect(named).toEqual(expect.arrayContaining(shown.map(([, name]) => name)))
  })
})

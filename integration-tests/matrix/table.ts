import fs from "node:fs/promises"
import path from "node:path"

import { repository } from "../stock-store"
import { type Scene, scenes } from "./scenes"

/** The result of one release on one Node. */
export interface Outcome {
  release: string
  node: string
  played: Partial<Record<Scene, "✓" | "✗">>
}

const major = (version: string) => version.split(".")[0] ?? version

/** The outcomes as a Markdown table: a line per release, the Nodes it was played on. */
export function table(outcomes: Outcome[]): string {
  const names = Object.keys(scenes) as Scene[]
  const byRelease = new Map<string, Outcome[]>()
  for (const outcome of outcomes) {
    const known = byRelease.get(outcome.release) ?? []
    byRelease.set(outcome.release, [...known, outcome])
  }
  const inOrder = [...byRelease].sort(([a], [b]) =>
    a.localeCompare(b, "en", { numeric: true })
  )
  const lines = [
    ["Medusa", "Node", ...names],
    ...inOrder.map(([release, played]) => [
      release,
      played.map(({ node }) => major(node)).join(", "),
      ...names.map((name) => cell(played, name)),
    ]),
  ]
  return markdown(lines)
}

/** ✓ if it was on every Node, else those where it was not. */
function cell(played: Outcome[], name: Scene): string {
  const off = played.filter((outcome) => outcome.played[name] !== "✓")
  if (!off.length) return "✓"
  return `✗ (${off.map(({ node }) => major(node)).join(", ")})`
}

function markdown(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((cells) => (cells[column] ?? "").length))
  )
  const print = (cells: string[]) =>
    `| ${cells.map((text, i) => text.padEnd(widths[i] ?? 0)).join(" | ")} |`
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`
  const [first = "", ...rest] = lines.map(print)
  return [first, rule, ...rest].join("\n")
}

const readme = path.join(repository, "README.md")
const PLACE = /(<!-- matrix -->)[\s\S]*(<!-- end of matrix -->)/

/** Puts the table into the README. */
export async function writeTable(outcomes: Outcome[]): Promise<void> {
  const text = await fs.readFile(readme, "utf8")
  const written = text.replace(PLACE, `$1\n\n${table(outcomes)}\n\n$2`)
  await fs.writeFile(readme, written)
}

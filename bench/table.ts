/** The measured programs, in the order of the table's columns. */
export const columns = {
  plugin: "plugin",
  without: "store without it",
  direct: "nodemailer alone, TCP_NODELAY",
  bare: "nodemailer alone",
  recipe: "documented recipe",
  reactEmail: "React Email",
  mjml: "MJML at run time",
} as const

export type Column = keyof typeof columns

/** The programs that mail, in the order of their measurement. */
export const senders = ["plugin", "direct", "bare", "recipe"] as const

export type Sender = (typeof senders)[number]

/** The expectation for a number, and its result. */
export interface Verdict {
  expected: string
  isMet: boolean
}

/** One line of the table. */
export interface Row {
  what: string
  cells: Partial<Record<Column, string>>
  verdict?: Verdict
}

const header = ["", ...Object.values(columns), "expected"]

function line({ what, cells, verdict }: Row): string[] {
  const names = Object.keys(columns) as Column[]
  const mark = verdict ? `${verdict.isMet ? "✓" : "✗"} ${verdict.expected}` : ""
  return [what, ...names.map((name) => cells[name] ?? ""), mark]
}

/** Formats the rows as a Markdown table that can also be read in a terminal. */
export function table(rows: Row[]): string {
  const lines = [header, ...rows.map(line)]
  const widths = header.map((_, column) =>
    Math.max(...lines.map((cells) => (cells[column] ?? "").length))
  )
  const print = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ")} |`
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`
  const [first = "", ...rest] = lines.map(print)
  return [first, rule, ...rest].join("\n")
}

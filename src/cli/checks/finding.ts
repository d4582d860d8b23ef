import { hideSecrets } from "../../values/redact"

/** What a check came to. */
export interface Finding {
  type: "fine" | "wrong" | "skipped"
  /** What was checked. */
  what: string
  /** What was found, and what to do. */
  detail: string
}

const MARK = { fine: "✓", wrong: "✗", skipped: "–" }

export function print({ type, what, detail }: Finding): string {
  return `${MARK[type]} ${what}: ${detail}`
}

export function isWrong({ type }: Finding): boolean {
  return type === "wrong"
}

const LENGTH = 2000

/** An error in one line, and without what a URL in it may hold as a password. */
export function oneLine(error: unknown): string {
  const { message, code } = (error ?? {}) as {
    message?: string
    code?: string
  }
  return hideSecrets(message || code || String(error))
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, LENGTH)
}

import { hideSecrets } from "../../values/redact"

/** The result of a check. */
export interface Finding {
  type: "fine" | "wrong" | "skipped"
  /** The subject of the check. */
  what: string
  /** The result in words, and what to do. */
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

/** Formats an error as one line, without the password of a URL in it. */
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

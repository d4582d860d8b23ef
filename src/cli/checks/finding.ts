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

/** An error in one line, and without what a URL in it may hold as a password. */
export function oneLine(error: unknown): string {
  const { message, code } = (error ?? {}) as {
    message?: string
    code?: string
  }
  return (message || code || String(error))
    .replace(/:\/\/[^@\s/]*@/g, "://***@")
    .replace(/\s+/g, " ")
    .slice(0, 300)
}

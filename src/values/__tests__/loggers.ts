import type { Logger } from "../logger"

/** A logger that says nothing. */
export const silentLogger: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** A logger that keeps its lines, each with its level: `error: …`. */
export function recordingLogger(): Logger & { lines: string[] } {
  const lines: string[] = []
  const write = (level: string) => (line: string) =>
    void lines.push(`${level}: ${line}`)
  return {
    lines,
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  }
}

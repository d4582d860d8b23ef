import type { Logger } from "../logger"

/** A logger that discards its lines. */
export const silentLogger: Logger = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

/** Makes a logger that keeps its lines, each with its level: `error: …`. */
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

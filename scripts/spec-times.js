const path = require("node:path")

/** Jest's reporter of how long each spec took, the slowest last. */
class SpecTimes {
  onRunComplete(_contexts, { testResults, startTime }) {
    const specs = testResults
      .filter(({ perfStats }) => perfStats.end > 0)
      .map(({ testFilePath, perfStats: { start, end } }) => ({
        seconds: (end - start) / 1000,
        name: path.relative(process.cwd(), testFilePath),
      }))
      .sort((one, other) => one.seconds - other.seconds)
    if (specs.length === 0) return

    const lines = specs.map(
      ({ seconds, name }) => `${column(seconds)}  ${name}`
    )
    const all = process.uptime()
    const running = (Date.now() - startTime) / 1000
    // jest's own reporter writes to stderr, too
    process.stderr.write(
      `\nSeconds that each spec took:\n${lines.join("\n")}\n` +
        `${column(all)}  in all; ${(all - running).toFixed(1)} of them before the first spec\n\n`
    )
  }
}

const column = (seconds) => seconds.toFixed(1).padStart(8)

module.exports = SpecTimes

/**
 * `npm test`: installs what is missing, then runs every test; jest's own set-up
 * builds the plugin. Arguments go to jest: `npm test -- --testPathPatterns confirm`.
 */
const { spawnSync } = require("node:child_process")

const { installIfNeeded, root } = require("./install")

installIfNeeded()
nameWhatIsMissing()

const { status } = spawnSync(
  process.execPath,
  [
    // the workers get it, too: V8 cleans up whenever one waits, half a second each time
    "--no-memory-reducer",
    require.resolve("jest/bin/jest"),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit" }
)
console.log(status === 0 ? "\nAll tests passed." : "\nTests failed.")
process.exit(status ?? 1)

function nameWhatIsMissing() {
  const tools = [
    { name: "Redis", commands: ["redis-server"] },
    { name: "Chromium", commands: ["chromium", "chromium-browser"] },
  ]
  const isThere = (command) =>
    spawnSync("sh", ["-c", `command -v ${command}`]).status === 0
  const missing = tools.filter(({ commands }) => !commands.some(isThere))

  for (const { name, commands } of missing) {
    console.log(
      `${name} (${commands[0]}) is not installed: tests that need it are ` +
        (process.env.CI === "true" ? "not allowed to be skipped" : "skipped") +
        `. Install it with: apt-get install ${commands[0]}`
    )
  }
  if (missing.length > 0 && process.env.CI === "true") {
    process.exit(1)
  }
}

/**
 * `npm run demo`: a stock Medusa store with the plugin, a mail catcher and a
 * small storefront, to click through. `npm run demo -- --once` plays the whole
 * story by itself and ends.
 */
const { spawn } = require("node:child_process")
const path = require("node:path")

const { installIfNeeded, root } = require("./install")

installIfNeeded()

const demo = spawn(
  process.execPath,
  [
    "--import",
    "tsx",
    path.join(root, "examples/demo/run.ts"),
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit" }
)
// the demo stops what it started, then this ends; a second signal (Ctrl-C
// reaches the demo by itself too) changes nothing
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => demo.kill(signal))
}
demo.once("exit", (code) => process.exit(code ?? 1))

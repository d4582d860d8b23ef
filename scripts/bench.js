/**
 * `npm run bench`: how many claims a server mails, how fast, and what that costs
 * the shop, next to nodemailer alone and to the documented recipe.
 * `npm run bench -- --quick` shows in minutes that it works;
 * docs/benchmarks.md explains the rest.
 */
const { spawn } = require("node:child_process")
const path = require("node:path")

const { installIfNeeded, root } = require("./install")

installIfNeeded()

const bench = spawn(
  process.execPath,
  [
    "--import",
    "tsx",
    path.join(root, "bench/run.ts"),
    ...process.argv.slice(2),
  ],
  // a process group of its own, so that a signal reaches the commands which the
  // bench is waiting for (npm, medusa seed) and not only the bench
  { cwd: root, stdio: "inherit", detached: true }
)
// servers are in groups of their own and end with the bench
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.on(signal, () => endGroup(signal))
}
bench.once("exit", (code) => process.exit(code ?? 1))

function endGroup(signal) {
  try {
    process.kill(-bench.pid, signal)
  } catch (error) {
    // it ended by itself in this very moment
    if (error.code !== "ESRCH") throw error
  }
}

const { spawnSync } = require("node:child_process")
const fs = require("node:fs")
const path = require("node:path")

const root = path.resolve(__dirname, "..")

/** Runs a command in the repository, its output visible; ends with its code when it fails. */
function runOrEnd(command, args, options = {}) {
  const { status, signal, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    ...options,
  })
  if (error || status !== 0) {
    const why = error ? error.message : `ended with ${signal ?? status}`
    console.error(`\n${[command, ...args].join(" ")}: ${why}`)
    process.exit(status || 1)
  }
}

function requireNode(oldest) {
  if (Number(process.versions.node.split(".")[0]) < oldest) {
    console.error(
      `This needs Node ${oldest} or newer; this is Node ${process.versions.node}.`
    )
    process.exit(1)
  }
}

const changedAt = (file) =>
  fs.statSync(path.join(root, file), { throwIfNoEntry: false })?.mtimeMs ?? 0

/** Brings node_modules up to the lockfile, unless it is already. */
function installIfNeeded() {
  requireNode(20)
  // npm writes this file last: it is there only after a whole installation
  if (
    changedAt("node_modules/.package-lock.json") <
    changedAt("package-lock.json")
  ) {
    console.log("Installing dependencies (npm ci) …")
    runOrEnd("npm", ["ci", "--no-audit", "--no-fund"])
  }
}

module.exports = { root, runOrEnd, installIfNeeded }

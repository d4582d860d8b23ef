/**
 * `npm run release:check`: everything that must be true before `npm publish`, and
 * what is missing. It says which check it begins, shows what the long ones print,
 * and ends with a list. `-- --quick` leaves out what takes long: tests, lint, types.
 */
const { spawnSync } = require("node:child_process")
const fs = require("node:fs")
const path = require("node:path")

const { installIfNeeded, root } = require("./install")

const MAX_PACKED = 400_000
const { version, name } = require("../package.json")
const isQuick = process.argv.includes("--quick")

const read = (file) => fs.readFileSync(path.join(root, file), "utf8")

const settings = {
  cwd: root,
  encoding: "utf8",
  // nothing is skipped, and campaigns of faults go on for as long as they may
  env: { ...process.env, CI: "true", ORDER_CLAIM_LONG: "1" },
  maxBuffer: 1e8,
}

/** Runs a command; gives what it printed, or throws with its last lines. */
function run(command, ...args) {
  const { status, stdout, stderr } = spawnSync(command, args, settings)
  if (status === 0) return stdout
  const lines = `${stdout}\n${stderr}`.trim().split("\n")
  throw new Error(
    `${command} ${args.join(" ")}:\n${lines.slice(-15).join("\n")}`
  )
}

/** Runs a command that takes long: what it prints is seen as it comes. */
function runInSight(command, ...args) {
  const { status } = spawnSync(command, args, { ...settings, stdio: "inherit" })
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: see above`)
}

function need(isMet, otherwise) {
  if (!isMet) throw new Error(otherwise)
}

/** The checks by their names; one that throws says what is missing. */
const checks = {
  "the working tree is clean": () => {
    const changes = run("git", "status", "--porcelain").trim()
    need(!changes, `commit or remove:\n${changes}`)
  },
  "the changelog has this version": () => {
    const heading = new RegExp(`^## ${version.replaceAll(".", "\\.")}\\b`, "m")
    need(heading.test(read("CHANGELOG.md")), `no heading "## ${version}"`)
  },
  "the version is new": () => {
    const tags = run("git", "tag", "--list", `v${version}`).trim()
    need(!tags, `the tag v${version} exists: raise "version" in package.json`)
    const asked = spawnSync("npm", ["view", `${name}@${version}`, "name"])
    need(asked.status !== 0, `${name}@${version} is on npm already`)
    const isKnown = /E404/.test(String(asked.stderr))
    need(isKnown, `npm could not be asked:\n${String(asked.stderr)}`)
  },
  "the lockfile has the same version": () => {
    const locked = JSON.parse(read("package-lock.json")).version
    need(locked === version, `it has ${locked}: run npm install`)
  },
  "the tarball is small, and there is no install script": () => {
    const [packed] = JSON.parse(
      run("npm", "pack", "--dry-run", "--json", "--foreground-scripts=false")
    )
    need(packed.size < MAX_PACKED, `${packed.size} bytes, over ${MAX_PACKED}`)
    const { scripts } = require("../package.json")
    const atInstall = ["preinstall", "install", "postinstall", "prepare"]
    const found = atInstall.filter((script) => scripts[script])
    need(found.length === 0, `package.json has ${found.join(", ")}`)
  },
  "no advisory is known for what a shop installs": () => {
    run("npm", "audit", "--omit=dev", "--workspaces=false")
  },
  "the documents are up to date": () => {
    const documents = ["docs/email.md", "docs/options.md"]
    const before = documents.map(read)
    run("npm", "run", "docs")
    const changed = documents.filter((file, i) => read(file) !== before[i])
    need(!changed.length, `npm run docs has changed ${changed.join(", ")}`)
  },
  ...(!isQuick && {
    "the linter has nothing to say": () => runInSight("npm", "run", "lint"),
    "the types are right": () => runInSight("npm", "run", "typecheck"),
    "all tests pass, none skipped": () => runInSight("npm", "test"),
    "the flow works on every release": () =>
      runInSight("npm", "run", "test:matrix"),
  }),
}

installIfNeeded()
const outcomes = []
let missing = 0
for (const [what, check] of Object.entries(checks)) {
  console.log(`… ${what}`)
  const start = Date.now()
  const seconds = () => `${((Date.now() - start) / 1000).toFixed(0)} s`
  try {
    check()
    outcomes.push(`✓ ${what} (${seconds()})`)
  } catch ({ message }) {
    missing++
    const why = message.replaceAll("\n", "\n    ")
    outcomes.push(`✗ ${what} (${seconds()})\n    ${why}`)
  }
  console.log(outcomes.at(-1))
}
console.log(`\n${outcomes.join("\n")}`)
console.log(missing ? `\n${missing} missing.` : "\nReady: npm publish")
process.exitCode = missing ? 1 : 0

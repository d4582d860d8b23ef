// src/ → dist/: templates first, then TypeScript, then the dashboard's widget.
const { execFileSync } = require("child_process")
const fs = require("fs")
const path = require("path")
const { buildTemplates } = require("./build-templates")

const root = path.join(__dirname, "..")
const dist = path.join(root, "dist")

async function build() {
  fs.rmSync(dist, { recursive: true, force: true })
  await buildTemplates()
  execFileSync(
    process.execPath,
    [require.resolve("typescript/bin/tsc"), "-p", "tsconfig.build.json"],
    { cwd: root, stdio: "inherit" }
  )
  for (const made of [
    "email/compiled-templates",
    "hosted-page/compiled-page",
  ]) {
    copy(`${made}.js`)
    copy(`${made}.d.ts`)
  }
  copy(path.join("texts", "locales"))
  bundleWidget()
}

/** src/admin → dist/admin, by Medusa's own tool; what the dashboard has stays out. */
function bundleWidget() {
  const admin = path.dirname(require.resolve("@medusajs/admin/package.json"))
  execFileSync(
    process.execPath,
    [path.join(admin, "bin", "medusa-admin.js"), "bundle"],
    { cwd: root, stdio: "inherit" }
  )
}

const copy = (name) =>
  fs.cpSync(path.join(root, "src", name), path.join(dist, name), {
    recursive: true,
  })

build().catch((error) => {
  console.error(error)
  process.exitCode = 1
})

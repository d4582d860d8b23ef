// src/ → dist/: templates first, then TypeScript.
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
  const templates = "email/compiled-templates"
  for (const ending of [".js", ".d.ts"]) {
    fs.copyFileSync(
      path.join(root, "src", templates + ending),
      path.join(dist, templates + ending)
    )
  }
}

build().catch((error) => {
  console.error(error)
  process.exitCode = 1
})

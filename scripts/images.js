/**
 * `npm run images`: makes docs/images anew, with the demo's store, its storefront and
 * dashboard, and Chromium.
 */
const { spawnSync } = require("node:child_process")
const path = require("node:path")
const { buildTemplates } = require("./build-templates")
const { installIfNeeded, root } = require("./install")

installIfNeeded()
buildTemplates().then(() => {
  const { status } = spawnSync(
    process.execPath,
    ["--import", "tsx", path.join(root, "docs/draw-images.ts")],
    { cwd: root, stdio: "inherit" }
  )
  process.exitCode = status ?? 1
})

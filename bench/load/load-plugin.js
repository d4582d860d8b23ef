/**
 * Run in a store's folder: prints the milliseconds that loading the plugin takes in a
 * server, in which Medusa itself is loaded before.
 */
const fs = require("node:fs")
const { createRequire } = require("node:module")
const path = require("node:path")

const requireInStore = createRequire(path.join(process.cwd(), "package.json"))

// The modules that a server has loaded before its plugins.
requireInStore("@medusajs/medusa")
requireInStore("@medusajs/medusa/dist/loaders")

const plugin = path.dirname(
  requireInStore.resolve("medusa-plugin-order-claim/package.json")
)
const folders = ["models", "services", "subscribers", "loaders", "migrations"]

const start = process.hrtime.bigint()
for (const folder of folders) {
  for (const file of fs.readdirSync(path.join(plugin, folder))) {
    requireInStore(path.join(plugin, folder, file))
  }
}
const createRouter = requireInStore(path.join(plugin, "api")).default
createRouter(process.cwd(), {})
console.log(Number(process.hrtime.bigint() - start) / 1e6)

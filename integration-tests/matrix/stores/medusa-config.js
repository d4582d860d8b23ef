// The stock store of examples/store, in the words of older releases.
const config = require("../store/medusa-config")

const { modules, ...older } = config
const { version } = require("@medusajs/medusa/package.json")
const hasModules = !version.startsWith("1.7.")

module.exports = {
  ...older,
  // before 1.8 the event bus is inside core
  ...(hasModules && { modules }),
  // before 1.12 SQLite is the default
  projectConfig: { ...config.projectConfig, database_type: "postgres" },
}

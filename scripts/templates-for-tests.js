/** Jest's globalSetup: no test runs on templates older than their sources. */
const { buildTemplates } = require("./build-templates")

module.exports = () => buildTemplates()

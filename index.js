// Medusa loads the plugin by its folders; this is for those who import from it.
module.exports = require("./dist")

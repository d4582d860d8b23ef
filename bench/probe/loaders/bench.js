const { watch } = require("../statements")

exports.default = (container) => watch(container)

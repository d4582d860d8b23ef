const { saw } = require("../events")

// core takes only what was an ES module for a subscriber of the newer kind
Object.defineProperty(exports, "__esModule", { value: true })

/** The moment at which the bus hands an event over. */
exports.default = async () => saw()

exports.config = {
  event: "order-update-token.created",
  context: { subscriberId: "bench-probe" },
}

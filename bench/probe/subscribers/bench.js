const { saw } = require("../events")

// Core accepts only a compiled ES module as a subscriber of the newer kind.
Object.defineProperty(exports, "__esModule", { value: true })

/** Records the time at which the bus delivers an event. */
exports.default = async () => saw()

exports.config = {
  event: "order-update-token.created",
  context: { subscriberId: "bench-probe" },
}

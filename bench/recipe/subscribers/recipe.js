const event = "order-update-token.created"

// Core accepts only a compiled ES module as a subscriber of the newer kind.
Object.defineProperty(exports, "__esModule", { value: true })

/**
 * The workaround: core's notification subscriber listens to `*`, which is not a
 * wildcard on the local bus, so this subscriber passes the event on.
 */
exports.default = async ({ data, container }) =>
  container.resolve("notificationService").send(event, data, "recipe-mail")

exports.config = { event, context: { subscriberId: "bench-recipe" } }

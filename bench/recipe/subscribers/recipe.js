const event = "order-update-token.created"

// core takes only what was an ES module for a subscriber of the newer kind
Object.defineProperty(exports, "__esModule", { value: true })

/**
 * The way around it: `*`, which core's notification subscriber listens to, is
 * no wildcard on the local bus, so this event is passed on by hand.
 */
exports.default = async ({ data, container }) =>
  container.resolve("notificationService").send(event, data, "recipe-mail")

exports.config = { event, context: { subscriberId: "bench-recipe" } }

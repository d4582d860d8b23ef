const express = require("express")

const events = require("../events")
const memory = require("../memory")
const statements = require("../statements")

const EVENT = "order-update-token.created"

const tasks = {
  // Every three seconds, core looks for staged events and takes the first thousand.
  // It is held until a whole burst is staged, and released with room for all: then it
  // hands the burst over at once.
  hold: ({ scope }) => scope.resolve("eventBusService").stopEnqueuer(),
  release: ({ scope, body }) => {
    events.forget()
    const { projectConfig } = scope.resolve("configModule")
    projectConfig.jobs_batch_size = body.atOnce
    scope.resolve("eventBusService").startEnqueuer()
  },
  events: () => events.seen,

  // Without staging: hands the events that core would stage to the bus at once.
  emit: async ({ scope, body }) => {
    const tokens = scope.resolve("tokenService")
    const batch = body.claims.map(({ email, orderId }) => {
      const token = { claimingCustomerId: body.customerId, orders: [orderId] }
      const data = {
        old_email: email,
        new_customer_id: body.customerId,
        orders: [orderId],
        token: tokens.signToken(token, { expiresIn: "15m" }),
      }
      return { eventName: EVENT, data }
    })
    const at = events.now()
    await scope.resolve("eventBusModuleService").emit(batch)
    return { at }
  },

  "memory/held": () => memory.measureHeld(),
  "memory/start": () => {
    stopSampling = memory.startSampling()
  },
  "memory/peak": () => stopSampling(),

  "statements/start": () => statements.startCounting(),
  "statements/stop": () => statements.stopCounting(),
}
let stopSampling

exports.default = () => {
  const router = express.Router()
  for (const [name, task] of Object.entries(tasks)) {
    router.post(`/bench/${name}`, express.json({ limit: "5mb" }), (req, res) =>
      Promise.resolve(req)
        .then(task)
        .then((result) => res.json(result ?? {}))
        .catch((error) => res.status(500).send(error.stack))
    )
  }
  return router
}

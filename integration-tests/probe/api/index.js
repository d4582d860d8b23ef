const express = require("express")

// What a test cannot do from outside: emit an event, send through a provider,
// and be a second plugin with a webhook that needs its raw body.
exports.default = () => {
  const router = express.Router()

  router.post("/probe/emit", express.json({ limit: "2mb" }), (req, res, next) =>
    req.scope
      .resolve("eventBusModuleService")
      .emit(req.body.event, req.body.data)
      .then(() => res.sendStatus(200))
      .catch(next)
  )
  router.post("/probe/send", express.json(), (req, res, next) =>
    req.scope
      .resolve("notificationService")
      .send(req.body.event, req.body.data, "order-claim")
      .then((notification) => res.json({ notification: notification ?? null }))
      .catch(next)
  )
  router.post(
    "/store/orders/probe/webhook",
    express.raw({ type: "*/*" }),
    (req, res) =>
      res.json({ isRaw: Buffer.isBuffer(req.body), body: String(req.body) })
  )
  return router
}

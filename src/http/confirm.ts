import cors from "cors"
import type { ConfigModule } from "@medusajs/medusa"
import { json, Request, RequestHandler, Router } from "express"
import { parseCorsOrigins } from "medusa-core-utils"
import type OrderClaimService from "../services/order-claim"

/**
 * Core's own path, answered here in front of core: in every spelling that its
 * nested routers take, or a doubled slash would lead past the checks.
 */
const CONFIRM = /^\/+store\/+orders\/+customer\/+confirm\/*$/i

// What core's parser allows; the event's token of 300 orders is 15 kB long.
const MAX_BODY = "100kb"

/** `POST /store/orders/customer/confirm { token }` → 200 "OK". */
export function confirmRoute(router: Router): void {
  // Every handler is bound to its full path: a parser or CORS without one would
  // reach other plugins' raw webhooks, and a lone `post` would make Express
  // answer the browser's preflight without CORS.
  router.all(CONFIRM, storeCors)
  router.post(CONFIRM, json({ limit: MAX_BODY }), confirm)
}

const storeCors: RequestHandler = (request, response, next) => {
  const { projectConfig } = resolve<ConfigModule>(request, "configModule")
  cors({
    origin: parseCorsOrigins(projectConfig.store_cors ?? ""),
    credentials: true,
  })(request, response, next)
}

const confirm: RequestHandler = (request, response, next) => {
  const service = resolve<OrderClaimService>(request, "orderClaimService")
  const { token } = (request.body ?? {}) as { token?: unknown }
  service
    .confirm(token)
    .then(() => response.sendStatus(200))
    .catch(next)
}

function resolve<T>(request: Request, name: string): T {
  return request.scope.resolve<T>(name)
}

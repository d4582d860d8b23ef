import type { ConfigModule } from "@medusajs/medusa"
import cors from "cors"
import { json, Request, RequestHandler } from "express"
import { parseCorsOrigins } from "medusa-core-utils"
import type OrderClaimService from "../services/order-claim"

/** The browsers of the storefront may ask, as core lets them. */
export const storeCors = corsOf("store_cors")

/** The same for the admin dashboard. */
export const adminCors = corsOf("admin_cors")

function corsOf(setting: "store_cors" | "admin_cors"): RequestHandler {
  return (request, response, next) => {
    const { projectConfig } =
      request.scope.resolve<ConfigModule>("configModule")
    cors({
      origin: parseCorsOrigins(projectConfig[setting] ?? ""),
      credentials: true,
    })(request, response, next)
  }
}

/** What answers with claim data is kept by no cache, and its URL is told to nobody. */
export const noStore: RequestHandler = (_, response, next) => {
  response.set("Cache-Control", "no-store")
  response.set("Referrer-Policy", "no-referrer")
  next()
}

/** What core's parser allows; the event's token of 300 orders is 15 kB long. */
export const jsonBody: RequestHandler = json({ limit: "100kb" })

/** Runs a handler; what it throws goes to the router's own error handler. */
export function route(
  handle: (
    service: OrderClaimService,
    ...given: Parameters<RequestHandler>
  ) => Promise<void>
): RequestHandler {
  return (request, response, next) => {
    const service = serviceOf(request)
    handle(service, request, response, next).catch(next)
  }
}

export function serviceOf(request: Request): OrderClaimService {
  return request.scope.resolve<OrderClaimService>("orderClaimService")
}

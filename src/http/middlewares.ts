import type { ConfigModule } from "@medusajs/medusa"
import cors from "cors"
import { json, Request, RequestHandler } from "express"
import { parseCorsOrigins } from "medusa-core-utils"
import type OrderClaimService from "../services/order-claim"

/** CORS for the storefront, with core's own setting. */
export const storeCors = corsOf("store_cors")

/** CORS for the admin dashboard, with core's own setting. */
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

/** Keeps responses out of caches, and their URLs out of `Referer` headers. */
export const noStore: RequestHandler = (_, response, next) => {
  response.set("Cache-Control", "no-store")
  response.set("Referrer-Policy", "no-referrer")
  next()
}

/** Parses bodies of up to core's limit; the event's token of 300 orders has 15 kB. */
export const jsonBody: RequestHandler = json({ limit: "100kb" })

/** Wraps a handler, so that its errors go to the router's own error handler. */
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

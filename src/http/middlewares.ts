import type { ConfigModule } from "@medusajs/medusa"
import cors from "cors"
import { json, Request, RequestHandler } from "express"
import { parseCorsOrigins } from "medusa-core-utils"
import { crossSite } from "../claims/refusal"
import type OrderClaimService from "../services/order-claim"
import { badBody } from "./errors"

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

/**
 * Refuses what a page of another site has sent, unless {@link adminCors}, which comes
 * before, has allowed its origin. In production, the browser sends core's session cookie
 * along with such a request (`SameSite=None`), and a form asks for no permission first.
 */
export const ownSites: RequestHandler = (request, response, next) => {
  const isForeign = request.get("sec-fetch-site") === "cross-site"
  const isAllowed = response.get("access-control-allow-origin") !== undefined
  next(isForeign && !isAllowed && !hasToken(request) ? crossSite() : undefined)
}

/** True if a request has a token: a page can only send it if CORS has allowed that. */
function hasToken(request: Request): boolean {
  return (
    request.get("x-medusa-access-token") !== undefined ||
    /^bearer /i.test(request.get("authorization") ?? "")
  )
}

/** Keeps responses out of caches, and their URLs out of `Referer` headers. */
export const noStore: RequestHandler = (_, response, next) => {
  response.set("Cache-Control", "no-store")
  response.set("Referrer-Policy", "no-referrer")
  next()
}

/**
 * Removes the query from what core logs after the response: the URL, and that of the page
 * the request came from. No token and no address may reach the log. `request.query` is
 * parsed by now.
 */
export const withoutQueryInLog: RequestHandler = (request, _, next) => {
  request.originalUrl = withoutQuery(request.originalUrl)
  const { headers } = request
  // The log takes either spelling.
  for (const name of ["referer", "referrer"]) {
    const given = headers[name]
    if (typeof given === "string") headers[name] = withoutQuery(given)
  }
  next()
}

const withoutQuery = (url: string): string => url.split("?")[0] ?? ""

const onlyJson: RequestHandler = (request, _, next) => {
  // Some clients name another type for a body of no bytes.
  const isEmpty = request.get("content-length") === "0"
  const isOther = !isEmpty && request.is("application/json") === false
  next(isOther ? badBody() : undefined)
}

/**
 * Makes the parser of a route's bodies. A body of another type is refused: if it were left
 * out, a form's `to=ann@example.com` would be an email to somebody else.
 */
export function jsonUpTo(limit: string): RequestHandler[] {
  return [onlyJson, json({ limit })]
}

/** Parses bodies of up to core's limit; the event's token of 300 orders has 15 kB. */
export const jsonBody = jsonUpTo("100kb")

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

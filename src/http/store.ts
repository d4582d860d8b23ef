import type { Router } from "express"
import { lookUp } from "../actions/lookup"
import { claimantExpiry, claimantStatus } from "../claims/claimant-status"
import { maskedAddress } from "../email/person-view"
import type { Claim } from "../claims/claim"
import type { ListedClaim } from "../db/claim-list"
import { askBody, idIn, paginationQuery, parseInput, tokenBody } from "./input"
import { customerOf, maybeCustomer, requireCustomer } from "./login"
import {
  jsonBody,
  noStore,
  route,
  storeCors,
  withoutQueryInLog,
} from "./middlewares"
import { salesChannelsOf } from "./publishable-key"

/**
 * Core's own path, answered here before core. It covers every spelling that core's
 * nested routers accept, or a doubled slash would bypass the checks.
 */
const CONFIRM = /^\/+store\/+orders\/+customer\/+confirm\/*$/i

const CLAIMS = "/store/order-claims"

/**
 * Adds the routes for links and claimants.
 *
 * Every handler is bound to its full path: a parser or CORS without one would affect
 * other plugins' raw webhooks. CORS is bound with `all`: with `post` alone, Express
 * would answer the browser's preflight request without CORS.
 */
export function storeRoutes(router: Router): void {
  const paths = ["", "/lookup", "/decline", "/renew", "/revert", "/:id"]
  router.all(
    [CONFIRM, ...paths.map((path) => CLAIMS + path)],
    withoutQueryInLog,
    storeCors,
    noStore
  )
  router.post(CONFIRM, jsonBody, maybeCustomer, confirm)
  router.post(`${CLAIMS}/lookup`, jsonBody, examine)
  router.post(`${CLAIMS}/decline`, jsonBody, decline)
  router.post(`${CLAIMS}/renew`, jsonBody, renew)
  router.post(`${CLAIMS}/revert`, jsonBody, revert)
  router.post(CLAIMS, jsonBody, maybeCustomer, ask)
  router.get(CLAIMS, maybeCustomer, list)
  router.delete(`${CLAIMS}/:id`, maybeCustomer, cancel)
}

const confirm = route(async (service, request, response) => {
  const { token } = parseInput(tokenBody, request.body ?? {})
  await service.confirm(token, customerOf(request))
  response.sendStatus(200)
})

const examine = route(async (service, request, response) => {
  const { token } = parseInput(tokenBody, request.body ?? {})
  response.json({ order_claim: lookUp(await service.examine(token)) })
})

const decline = route(async (service, request, response) => {
  const { token } = parseInput(tokenBody, request.body ?? {})
  await service.decline(token)
  response.json({ order_claim: { status: "declined" } })
})

const renew = route(async (service, request, response) => {
  const { token } = parseInput(tokenBody, request.body ?? {})
  await service.renew(token)
  response.json({ order_claim: { status: "renewed" } })
})

const revert = route(async (service, request, response) => {
  const { token } = parseInput(tokenBody, request.body ?? {})
  const status = await service.revert(token)
  response.json({ order_claim: { status } })
})

const ask = route(async (service, request, response) => {
  const customerId = requireCustomer(request)
  const body = parseInput(askBody, request.body ?? {})
  const sales_channel_ids = await salesChannelsOf(request)
  const claim = await service.ask(customerId, { ...body, sales_channel_ids })
  response.json({ order_claim: forClaimant(claim, service.linkTtlMs) })
})

const list = route(async (service, request, response) => {
  const customerId = requireCustomer(request)
  const pagination = parseInput(paginationQuery, request.query)
  const { claims, count } = await service.list(customerId, pagination)
  const { limit, offset } = pagination
  const order_claims = claims.map((claim) =>
    forClaimant(claim, service.linkTtlMs)
  )
  response.json({ order_claims, count, limit, offset })
})

const cancel = route(async (service, request, response) => {
  const customerId = requireCustomer(request)
  const claim = await service.cancel(idIn(request.params), customerId)
  response.json({ order_claim: forClaimant(claim, service.linkTtlMs) })
})

/** The part of a claim from which its claimant's view is made. */
type OwnClaim = Pick<Claim, keyof Claim & keyof ListedClaim>

/** A claim as its claimant may see it; it reveals nothing about the orders. */
function forClaimant(claim: OwnClaim, linkTtlMs: number) {
  return {
    id: claim.id,
    status: claimantStatus(claim, linkTtlMs, new Date()),
    email: maskedAddress(claim.email),
    order_ids: knownOrders(claim),
    display_id: claim.display_id,
    created_at: claim.created_at,
    expires_at: claimantExpiry(claim, linkTtlMs),
  }
}

/** The orders that the claimant knows of: those they named, or those they got. */
function knownOrders({ origin, status, order_ids, moved_orders }: OwnClaim) {
  if (origin === "order_ids") return order_ids
  return status === "confirmed" ? moved_orders.map(({ id }) => id) : []
}

import type { Router } from "express"
import { timeRange } from "../values/time-range"
import {
  adminListQuery,
  idIn,
  noBody,
  parseInput,
  resendBody,
  retryBody,
  staffAskBody,
} from "./input"
import { adminOnly, staffOf } from "./login"
import {
  adminCors,
  jsonBody,
  jsonUpTo,
  noStore,
  ownSites,
  route,
  withoutQueryInLog,
} from "./middlewares"

const CLAIMS = "/admin/order-claims"

/** For the ids of as many orders as one claim can have. */
const askBody = jsonUpTo("1mb")

/** Adds the routes for the shop's staff; core's own route resends, too. */
export function adminRoutes(router: Router): void {
  const ofOne = ["/:id/resend", "/:id/cancel", "/:id/revert"]
  const paths = ["", "/retry", ...ofOne].map((path) => CLAIMS + path)
  router.all(paths, withoutQueryInLog, adminCors, noStore)
  router.post(paths, ownSites)
  router.get(CLAIMS, adminOnly, list)
  router.post(CLAIMS, adminOnly, askBody, ask)
  router.post(`${CLAIMS}/retry`, adminOnly, jsonBody, retry)
  router.post(`${CLAIMS}/:id/resend`, adminOnly, jsonBody, resend)
  router.post(`${CLAIMS}/:id/cancel`, adminOnly, jsonBody, cancel)
  router.post(`${CLAIMS}/:id/revert`, adminOnly, jsonBody, revert)
}

const list = route(async ({ staff }, request, response) => {
  const query = parseInput(adminListQuery, request.query)
  const {
    order_id,
    customer_id,
    status,
    q,
    created_at,
    failed_notices,
    counts,
    ...pagination
  } = query
  const { claims, count } = await staff.list(
    {
      orderId: order_id,
      customerId: customer_id,
      statuses: status,
      search: q,
      createdAt: created_at && timeRange(created_at),
      failedNotices: failed_notices,
    },
    pagination
  )
  const { limit, offset } = pagination
  response.json({
    order_claims: claims,
    count,
    limit,
    offset,
    ...(counts && { counts: await staff.counts() }),
  })
})

const ask = route(async ({ staff }, request, response) => {
  const requested_by = staffOf(request)
  const body = parseInput(staffAskBody, request.body ?? {})
  const order_claim = await staff.ask({ ...body, requested_by })
  response.json({ order_claim })
})

const retry = route(async ({ staff }, request, response) => {
  const { failed_at } = parseInput(retryBody, request.body ?? {})
  response.json(await staff.retry(timeRange(failed_at)))
})

const resend = route(async ({ staff }, request, response) => {
  const { to } = parseInput(resendBody, request.body ?? {})
  const order_claim = await staff.resend(idIn(request.params), to)
  response.json({ order_claim })
})

const cancel = route(async ({ staff }, request, response) => {
  parseInput(noBody, request.body ?? {})
  const id = idIn(request.params)
  const order_claim = await staff.cancel(id, staffOf(request))
  response.json({ order_claim })
})

const revert = route(async ({ staff }, request, response) => {
  parseInput(noBody, request.body ?? {})
  const id = idIn(request.params)
  const order_claim = await staff.giveBack(id, staffOf(request))
  response.json({ order_claim })
})

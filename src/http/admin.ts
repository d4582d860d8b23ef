import type { Router } from "express"
import { adminListQuery, idIn, parseInput } from "./input"
import { adminOnly } from "./login"
import { adminCors, route, noStore } from "./middlewares"

const CLAIMS = "/admin/order-claims"

/** Adds the routes for the shop's staff; resending is core's own route. */
export function adminRoutes(router: Router): void {
  const paths = ["", "/:id/cancel", "/:id/revert"]
  router.all(
    paths.map((path) => CLAIMS + path),
    adminCors,
    noStore
  )
  router.get(CLAIMS, adminOnly, list)
  router.post(`${CLAIMS}/:id/cancel`, adminOnly, cancel)
  router.post(`${CLAIMS}/:id/revert`, adminOnly, revert)
}

const list = route(async (service, request, response) => {
  const query = parseInput(adminListQuery, request.query)
  const { order_id, customer_id, status, ...pagination } = query
  const { claims, count } = await service.staff.list(
    { orderId: order_id, customerId: customer_id, statuses: status },
    pagination
  )
  const { limit, offset } = pagination
  response.json({ order_claims: claims, count, limit, offset })
})

const cancel = route(async (service, request, response) => {
  const id = idIn(request.params)
  const order_claim = await service.staff.cancel(id)
  response.json({ order_claim })
})

const revert = route(async (service, request, response) => {
  const order_claim = await service.staff.giveBack(idIn(request.params))
  response.json({ order_claim })
})

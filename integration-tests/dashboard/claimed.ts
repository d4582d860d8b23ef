import type { Order } from "@medusajs/medusa"
import { bearer, loginStaff, newestToken, post } from "../claims"
import type { Scene } from "./scene"

/** A guest's order that staff have asked for on the customer's behalf. */
export interface ClaimedOrder {
  order: Order
  claimId: string
}

/** Makes a guest's order and asks for it; no event bus makes the test wait. */
export async function askedFor(
  { shop, clara }: Scene,
  email: string
): Promise<ClaimedOrder> {
  const order = await shop.guestOrder(email)
  const { status, body, text } = await post(
    `${shop.url}/admin/order-claims`,
    { customer_id: clara.customer.id, order_ids: [order.id] },
    bearer(await loginStaff(shop))
  )
  if (status !== 200) throw new Error(text)
  return { order, claimId: body.order_claim!.id! }
}

/** The same, with the token of the mailed link. */
export async function claimed(
  scene: Scene,
  email: string
): Promise<ClaimedOrder & { token: string }> {
  const asked = await askedFor(scene, email)
  return { ...asked, token: await newestToken(scene.shop, asked.claimId) }
}

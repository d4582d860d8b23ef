import { createHash } from "crypto"
import jwt from "jsonwebtoken"
import type { Shop } from "./stock-store"

/**
 * Core's own token, as the event of a claim carried it. Nobody keeps it; but the
 * claim keeps the hash of its bytes, so it can be made again.
 */
export async function eventTokenOf(
  shop: Shop,
  claimId: string,
  secret: string
): Promise<string> {
  const [row] = await shop.query<{
    event_token_hash: string
    order_ids: string[]
    customer_id: string
    second: number
  }>(
    `SELECT event_token_hash, order_ids, customer_id,
       floor(extract(epoch FROM created_at))::int AS second
     FROM order_claim WHERE id = $1`,
    [claimId]
  )
  const { event_token_hash, order_ids, customer_id, second } = row!
  const event = { claimingCustomerId: customer_id, orders: order_ids }
  // Signed in the minute before the claim was opened.
  for (let iat = second; iat > second - 60; iat--) {
    const token = jwt.sign({ ...event, iat, exp: iat + 900 }, secret)
    const hash = createHash("sha256").update(token).digest("hex")
    if (hash === event_token_hash) return token
  }
  throw new Error("core signs its token in another way than this")
}

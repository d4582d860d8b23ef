import { createHash } from "crypto"
import { z } from "zod"
import { MAX_ORDERS_PER_CLAIM } from "./claim"

/** The event core emits for each distinct address of a claim request. */
export const CLAIM_REQUESTED = "order-update-token.created"

/** The request that opens a claim, read from the event. */
export interface ClaimRequest {
  customer_id: string
  email: string
  order_ids: string[]
  /** SHA-256 of the event's token: makes opening idempotent without keeping the token. */
  event_token_hash: string
}

// PostgreSQL could not store other values. Refused here, the log names the field.
export const idSchema = z
  .string()
  .max(255)
  .regex(/^[\x21-\x7e]+$/, "Expected an id")
const address = z
  .string()
  .max(320)
  .regex(/^[^\0\p{Cs}]+$/u, "Expected an email address")

// Core's payload, the same from 1.7.0 to 1.20.11 (store/orders/request-order).
const payload = z.object({
  old_email: address,
  new_customer_id: idSchema,
  orders: z.array(idSchema).min(1).max(MAX_ORDERS_PER_CLAIM),
  token: z.string().min(1),
})

/** Thrown for an event without a valid request. The message names fields, never values. */
export class MalformedClaimRequest extends Error {
  override name = "MalformedClaimRequest"
}

/**
 * Reads the payload of `order-update-token.created`.
 *
 * @throws {MalformedClaimRequest} naming each invalid field
 */
export function parseClaimRequest(data: unknown): ClaimRequest {
  const parsed = payload.safeParse(data)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "payload"}: ${message}`
    )
    throw new MalformedClaimRequest(
      `${CLAIM_REQUESTED} carries no order claim (${problems.slice(0, 5).join("; ")})`
    )
  }
  const { old_email, new_customer_id, orders, token } = parsed.data
  return {
    customer_id: new_customer_id,
    email: old_email,
    order_ids: [...new Set(orders)],
    event_token_hash: hashToken(token),
  }
}

/** Hashes a token: SHA-256 in hex. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex")
}

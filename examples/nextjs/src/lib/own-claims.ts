"use server"

import { revalidatePath } from "next/cache"
import { callStore, type Refusal } from "./store"

/** A claim as the customer who asked may see it. */
export interface OwnClaim {
  id: string
  status:
    "waiting" | "confirmed" | "reverted" | "declined" | "canceled" | "expired"
  /** The address that the link goes to, masked. */
  email: string
  /** Empty unless the customer named the orders, or has them now. */
  order_ids: string[]
  /** The number that was asked for, if there was one. */
  display_id: number | null
  created_at: string
  expires_at: string
}

/** The orders to ask for: without an address those of the account's own. */
export interface Wanted {
  email?: string
  displayId?: number
}

export async function askForOrders({
  email,
  displayId,
}: Wanted): Promise<OwnClaim | Refusal> {
  const { body, refusal } = await callStore<{ order_claim: OwnClaim }>(
    "POST",
    "order-claims",
    { email, display_id: displayId }
  )
  if (refusal) return refusal
  revalidatePath("/account")
  return body.order_claim
}

export async function ownClaims(): Promise<OwnClaim[]> {
  const { body } = await callStore<{ order_claims: OwnClaim[] }>(
    "GET",
    "order-claims"
  )
  return body?.order_claims ?? []
}

export async function cancelClaim(id: string): Promise<void> {
  await callStore("DELETE", `order-claims/${encodeURIComponent(id)}`)
  revalidatePath("/account")
}

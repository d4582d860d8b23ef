"use server"

import { callStore, keepLogin, type Refusal } from "./store"

export type Claim =
  | {
      // "revertable": it was confirmed, and can be taken back
      status: "open" | "revertable"
      expires_at: string
      claimant: { name: string; email: string }
      /** True if the account that asks has the reader's own address. */
      own_address: boolean
      /** The time at which that account was opened. */
      account_opened_at: string | null
      order_count: number
      orders: { display_id: number; items: { title: string }[] }[]
      login_required: boolean
    }
  | {
      status:
        | "expired"
        | "superseded"
        | "confirmed"
        | "used"
        | "reverted"
        | "declined"
        | "canceled"
        | "stale"
    }
  | { status: "invalid"; message: string }

/** Loads the claim of a link; changes nothing. */
export async function lookUp(token: string): Promise<Claim> {
  const { body, refusal } = await callStore<{ order_claim: Claim }>(
    "POST",
    "order-claims/lookup",
    { token }
  )
  if (refusal) return { status: "invalid", message: refusal.message }
  return body.order_claim
}

// each of these returns the store's refusal, and nothing if there is none

export async function confirm(token: string): Promise<Refusal | undefined> {
  return (await callStore("POST", "orders/customer/confirm", { token })).refusal
}

export async function decline(token: string): Promise<Refusal | undefined> {
  return (await callStore("POST", "order-claims/decline", { token })).refusal
}

export async function renew(token: string): Promise<Refusal | undefined> {
  return (await callStore("POST", "order-claims/renew", { token })).refusal
}

export async function revert(token: string): Promise<Refusal | undefined> {
  const { body, refusal } = await callStore<{ order_claim: Claim }>(
    "POST",
    "order-claims/revert",
    { token }
  )
  // the orders were canceled in the meantime, or have moved on
  const isGone = body?.order_claim.status === "stale"
  return isGone ? { message: "This can no longer be taken back." } : refusal
}

/** Returns the address of who is logged in. */
export async function loggedInAs(): Promise<string | undefined> {
  const { body } = await callStore<{ customer: { email: string } }>(
    "GET",
    "customers/me"
  )
  return body?.customer.email
}

export async function logIn(
  email: string,
  password: string
): Promise<Refusal | undefined> {
  const { body } = await callStore<{ access_token: string }>(
    "POST",
    "auth/token",
    { email, password }
  )
  if (!body) return { message: "No account has this email and password." }
  await keepLogin(body.access_token)
}

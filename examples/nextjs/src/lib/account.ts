"use server"

import { redirect } from "next/navigation"
import { logIn } from "./order-claim"
import { callStore, dropLogin, type Refusal } from "./store"

/** An order in the account. */
export interface Order {
  id: string
  display_id: number
  items: { id: string; title: string; quantity: number }[]
}

/** Loads the customer's orders. */
export async function ownOrders(): Promise<Order[]> {
  const { body } = await callStore<{ orders: Order[] }>(
    "GET",
    "customers/me/orders"
  )
  return body?.orders ?? []
}

/** Opens an account, and logs in to it. */
export async function register(
  form: Record<"first_name" | "last_name" | "email" | "password", string>
): Promise<Refusal | undefined> {
  const { refusal } = await callStore("POST", "customers", form)
  return refusal ?? logIn(form.email, form.password)
}

/** Ends the session. */
export async function logOut(): Promise<void> {
  await dropLogin()
  redirect("/login")
}

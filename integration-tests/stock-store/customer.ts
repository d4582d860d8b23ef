import type { Customer } from "@medusajs/medusa"
import type Medusa from "@medusajs/medusa-js"

import { clientFor } from "./guest"

/** The form of a customer who registers. */
export interface Registration {
  email: string
  /** @default "supersecret" */
  password?: string
  first_name?: string
  last_name?: string
}

/** A registered customer, logged in. */
export interface LoggedIn {
  customer: Omit<Customer, "password_hash">
  /** The customer's own client. */
  medusa: Medusa
  /** Its bearer token, for a plain fetch. */
  token: string
}

/** Logs a customer in with a client of their own. */
export async function loginCustomer(
  url: string,
  { email, password = "supersecret" }: Registration
): Promise<LoggedIn> {
  const { access_token } = await clientFor(url).auth.getToken({
    email,
    password,
  })
  const medusa = clientFor(url, access_token)
  const { customer } = await medusa.customers.retrieve()
  return { customer, medusa, token: access_token }
}

/** Registers a customer, who is logged in afterwards. */
export async function registerCustomer(
  url: string,
  registration: Registration
): Promise<LoggedIn> {
  const registered = {
    password: "supersecret",
    first_name: "Clara",
    last_name: "Customer",
    ...registration,
  }
  await clientFor(url).customers.create(registered)
  return loginCustomer(url, registered)
}

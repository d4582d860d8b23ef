import Medusa from "@medusajs/medusa-js"

import { adminLogin } from "../stock-store"

/** Somebody who is logged in by cookie, as browsers are; 1.7 has no bearer tokens. */
export interface Person {
  medusa: Medusa
  /** For a plain request. */
  cookie: string
}

/** Registers a customer, who is logged in afterwards. */
export const registerCustomer = (url: string, email: string) =>
  session(url, "/store/customers", {
    email,
    password: "supersecret",
    first_name: "Clara",
    last_name: "Customer",
  })

/** Logs the shop's staff in. */
export const loginStaff = (url: string) =>
  session(url, "/admin/auth", adminLogin)

async function session(
  url: string,
  path: string,
  body: object
): Promise<Person> {
  const response = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  })
  const cookie = response.headers.get("set-cookie")?.split(";")[0]
  if (!response.ok || !cookie) {
    throw new Error(`POST ${path}: ${response.status} ${await response.text()}`)
  }
  const customHeaders = { Cookie: cookie }
  const medusa = new Medusa({ baseUrl: url, maxRetries: 0, customHeaders })
  return { medusa, cookie }
}

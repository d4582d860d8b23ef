// 1.7 has them only in the default export.
import middlewares from "@medusajs/medusa/dist/api/middlewares"
import type { Request, RequestHandler } from "express"
import { MedusaError } from "medusa-core-utils"

/** Reads the logged-in customer, if any: core's own middleware. */
export const maybeCustomer: RequestHandler = middlewares.authenticateCustomer()

/** Responds with 401 unless an admin is logged in: core's own middleware. */
export const adminOnly: RequestHandler = middlewares.authenticate()

/** The id of the customer whom {@link maybeCustomer} has found. */
export function customerOf(request: Request): string | undefined {
  const { user } = request as { user?: { customer_id?: string } }
  return user?.customer_id
}

/**
 * Finds the user whom {@link adminOnly} has let through. A session and a bearer token
 * give core's middleware the id alone, an API token the whole user.
 *
 * @throws {MedusaError} `unauthorized`
 */
export function staffOf(request: Request): string {
  const { user } = request as { user?: { userId?: string; id?: string } }
  const id = user?.userId ?? user?.id
  if (id) return id
  throw new MedusaError(MedusaError.Types.UNAUTHORIZED, "Log in first.")
}

/**
 * Asserts that a customer is logged in.
 *
 * @returns the customer's id
 * @throws {MedusaError} `unauthorized`
 */
export function requireCustomer(request: Request): string {
  const customerId = customerOf(request)
  if (customerId) return customerId
  throw new MedusaError(MedusaError.Types.UNAUTHORIZED, "Log in first.")
}

// 1.7 has them in the default export alone.
import middlewares from "@medusajs/medusa/dist/api/middlewares"
import type { Request, RequestHandler } from "express"
import { MedusaError } from "medusa-core-utils"

/** Finds out which customer is logged in, if one is: core's own middleware. */
export const maybeCustomer: RequestHandler = middlewares.authenticateCustomer()

/** Answers 401 unless an admin is logged in: core's own middleware. */
export const adminOnly: RequestHandler = middlewares.authenticate()

/** Who {@link maybeCustomer} has found. */
export function customerOf(request: Request): string | undefined {
  const { user } = request as { user?: { customer_id?: string } }
  return user?.customer_id
}

/** @throws {MedusaError} `unauthorized` if no customer is logged in */
export function requireCustomer(request: Request): string {
  const customerId = customerOf(request)
  if (customerId) return customerId
  throw new MedusaError(MedusaError.Types.UNAUTHORIZED, "Log in first.")
}

import {
  ClaimFilter,
  findListedClaim,
  listClaims,
  ListedClaim,
  Pagination,
} from "./claim-list"
import { loadCustomers } from "./customers"
import type { Queryable } from "./database"
import { loadOrderNumbers } from "./orders"
import { pickById } from "./pick"

/** A claim as the shop's staff see it: with the people and the numbers they know. */
export interface StaffClaim extends ListedClaim {
  /** `null` if the customer was deleted. */
  claimant: {
    email: string
    first_name: string | null
    last_name: string | null
  } | null
  /** The first ten of its orders, without those that do not exist. */
  orders: { id: string; display_id: number }[]
}

/** The orders of a claim whose numbers are shown. */
const NUMBERED_ORDERS = 10

/** Lists claims for the shop's staff, and counts them as {@link listClaims} does. */
export async function listForStaff(
  db: Queryable,
  filter: ClaimFilter,
  pagination: Pagination
): Promise<{ claims: StaffClaim[]; count: number }> {
  const { claims, count } = await listClaims(db, filter, pagination)
  return { claims: await forStaff(db, claims), count }
}

/** Finds one claim, as the shop's staff see it. */
export async function findForStaff(
  db: Queryable,
  id: string
): Promise<StaffClaim | undefined> {
  const claim = await findListedClaim(db, id)
  const [seen] = claim ? await forStaff(db, [claim]) : []
  return seen
}

async function forStaff(
  db: Queryable,
  claims: ListedClaim[]
): Promise<StaffClaim[]> {
  if (!claims.length) return []

  const first = ({ order_ids }: ListedClaim) =>
    order_ids.slice(0, NUMBERED_ORDERS)
  const customerIds = claims.map(({ customer_id }) => customer_id)
  const customers = await loadCustomers(db, [...new Set(customerIds)])
  const orders = await loadOrderNumbers(db, claims.flatMap(first))
  return claims.map((claim) => {
    const { email, first_name, last_name } =
      customers.get(claim.customer_id) ?? {}
    return {
      ...claim,
      claimant: email
        ? {
            email,
            first_name: first_name ?? null,
            last_name: last_name ?? null,
          }
        : null,
      orders: pickById(orders, first(claim)),
    }
  })
}

import fc from "fast-check"
import { CLAIM_STATUSES, ClaimStatus } from "../../claims/claim"
import type { ClaimFilter, Pagination } from "../claim-list"
import type { Queryable } from "../database"

/** A claim, as far as lists depend on it. */
export interface Listable {
  id: string
  customer_id: string
  order_ids: string[]
  status: ClaimStatus
}

const customer = fc.constantFrom("cus_a", "cus_b", "cus_c")
const order = fc.constantFrom("order_a", "order_b", "order_c", "order_d")
const status = fc.constantFrom(...CLAIM_STATUSES)

/** Claims of few customers and orders, so that filters have something to find. */
export const someClaims: fc.Arbitrary<Listable[]> = fc
  .array(
    fc.record({
      customer_id: customer,
      order_ids: fc.uniqueArray(order, { minLength: 1 }),
      status,
    }),
    { minLength: 1, maxLength: 60 }
  )
  .map((claims) => claims.map((claim, n) => ({ ...claim, id: idOf(n) })))

/** Any filter, with known and unknown values. */
export const anyFilter: fc.Arbitrary<ClaimFilter> = fc.record(
  {
    orderId: fc.oneof(order, fc.constant("order_unknown")),
    customerId: fc.oneof(customer, fc.constant("cus_unknown")),
    statuses: fc.array(status, { maxLength: 4 }),
  },
  { requiredKeys: [] }
)

/** Any page, also of ids that no claim has. */
export const anyPage: fc.Arbitrary<Pagination> = fc.record(
  {
    limit: fc.nat(20),
    offset: fc.nat(30),
    before: fc.oneof(fc.nat(70).map(idOf), fc.constantFrom("!", "~", "oclaim")),
  },
  { requiredKeys: ["limit", "offset"] }
)

/** Makes the id of the nth claim: ids sort by age. */
export function idOf(n: number): string {
  return `oclaim_01HF5XQ3W6Z8V7T2J4K9N0${String(n).padStart(4, "0")}`
}

/** Lists claims in the plainest way, to compare with. */
export function listPlainly(
  claims: Listable[],
  { orderId, customerId, statuses }: ClaimFilter,
  { limit, offset, before }: Pagination
): { ids: string[]; count: number } {
  const matching = claims
    .filter((claim) => !orderId || claim.order_ids.includes(orderId))
    .filter((claim) => !customerId || claim.customer_id === customerId)
    .filter((claim) => !statuses || statuses.includes(claim.status))
    .map(({ id }) => id)
    .sort()
    .reverse()
  const older = matching.filter((id) => before === undefined || id < before)
  return {
    ids: older.slice(offset, offset + limit),
    count: matching.length,
  }
}

/** Writes claims, and nothing of what opening them would write besides. */
export async function storeClaims(
  db: Queryable,
  claims: Listable[]
): Promise<void> {
  await db.query(
    `INSERT INTO order_claim (
       id, customer_id, order_ids, status, email, event_token_hash,
       token_issued_at, expires_at
     )
     SELECT *, 'guest@example.com', id, now(), now()
     FROM jsonb_to_recordset($1::jsonb) AS new (
       id text, customer_id text, order_ids text[], status text
     )`,
    [JSON.stringify(claims)]
  )
}

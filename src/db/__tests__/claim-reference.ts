import fc from "fast-check"
import { CLAIM_STATUSES, ClaimStatus, Party } from "../../claims/claim"
import type { ClaimSearch } from "../../claims/claim-search"
import type { ClaimFilter, Pagination } from "../claim-list"
import type { Queryable } from "../database"
import { leastClaimId } from "../ids"

/** A claim, as far as lists depend on it. */
export interface Listable {
  id: string
  customer_id: string
  order_ids: string[]
  status: ClaimStatus
  email: string
  display_id: number | null
  created_at: Date
  failed_notices?: Party[]
}

const customer = fc.constantFrom("cus_a", "cus_b", "cus_c")
const order = fc.constantFrom("order_a", "order_b", "order_c", "order_d")
const status = fc.constantFrom(...CLAIM_STATUSES)
const email = fc.constantFrom(
  "greta@example.com",
  "Greta@Example.com",
  "g_eta@example.com",
  "gre%ta@example.com",
  "gr\\eta@example.com",
  "élise@example.com",
  "bob@example.com"
)
// Of the orders in the database: ORDER_NUMBERS.
const number = fc.constantFrom(1, 2, 3)

/** The numbers of the orders that claims may be for. */
export const ORDER_NUMBERS: Record<string, number> = { order_a: 1, order_b: 2 }

/** Claims of few customers and orders, so that filters have something to find. */
export const someClaims: fc.Arbitrary<Listable[]> = fc
  .array(
    fc.record({
      customer_id: customer,
      order_ids: fc.uniqueArray(order, { minLength: 1 }),
      status,
      email,
      display_id: fc.option(number),
      failed_notices: fc.constantFrom<Party[]>([], ["recipient"], ["claimant"]),
    }),
    { minLength: 1, maxLength: 60 }
  )
  .map((claims) =>
    claims.map((claim, n) => ({ ...claim, id: idOf(n), created_at: timeOf(n) }))
  )

const search: fc.Arbitrary<ClaimSearch> = fc.oneof(
  fc.record({
    type: fc.constant("address" as const),
    prefix: fc
      .tuple(email, fc.nat(20))
      .map(([address, length]) => address.slice(0, 1 + length)),
  }),
  fc.record({
    type: fc.constant("number" as const),
    display_id: fc.oneof(number, fc.constant(99)),
  })
)

const createdAt = fc.record(
  { from: fc.nat(70).map(timeOf), until: fc.nat(70).map(timeOf) },
  { requiredKeys: [] }
)

/** Any filter, with known and unknown values. */
export const anyFilter: fc.Arbitrary<ClaimFilter> = fc.record(
  {
    orderId: fc.oneof(order, fc.constant("order_unknown")),
    customerId: fc.oneof(customer, fc.constant("cus_unknown")),
    statuses: fc.array(status, { maxLength: 4 }),
    search,
    createdAt,
    failedNotices: fc.constant(true as const),
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

/** The time at which the nth claim was opened: one in twenty minutes. */
export function timeOf(n: number): Date {
  return new Date(Date.UTC(2026, 10, 21) + n * 1_200_000)
}

/** Makes the id of the nth claim: ids begin with the time, so they sort by age. */
export function idOf(n: number): string {
  return `${leastClaimId(timeOf(n))}V7T2J4K9N0${String(n).padStart(6, "0")}`
}

/** Lists claims in the plainest way, to compare with. */
export function listPlainly(
  claims: Listable[],
  filter: ClaimFilter,
  { limit, offset, before }: Pagination
): { ids: string[]; count: number } {
  const { orderId, customerId, statuses, search, createdAt = {} } = filter
  const matching = claims
    .filter((claim) => !orderId || claim.order_ids.includes(orderId))
    .filter((claim) => !customerId || claim.customer_id === customerId)
    .filter((claim) => !statuses || statuses.includes(claim.status))
    .filter((claim) => !search || isFound(claim, search))
    .filter((claim) => !filter.failedNotices || claim.failed_notices?.length)
    .filter(({ created_at: at }) => !createdAt.from || at >= createdAt.from)
    .filter(({ created_at: at }) => !createdAt.until || at < createdAt.until)
    .map(({ id }) => id)
    .sort()
    .reverse()
  const older = matching.filter((id) => before === undefined || id < before)
  return {
    ids: older.slice(offset, offset + limit),
    count: matching.length,
  }
}

function isFound(claim: Listable, search: ClaimSearch): boolean {
  const { email, display_id, order_ids } = claim
  if (search.type === "address") {
    return email.toLowerCase().startsWith(search.prefix.toLowerCase())
  }
  const numbers = order_ids.map((id) => ORDER_NUMBERS[id])
  return [display_id, ...numbers].includes(search.display_id)
}

/** Writes claims, and nothing of what opening them would write besides. */
export async function storeClaims(
  db: Queryable,
  claims: Listable[]
): Promise<void> {
  await db.query(
    `INSERT INTO order_claim (
       id, customer_id, order_ids, status, email, display_id, created_at,
       failed_notices, event_token_hash, token_issued_at, expires_at
     )
     SELECT id, customer_id, order_ids, status, email, display_id, created_at,
       coalesce(failed_notices, '{}'), id, now(), now()
     FROM jsonb_to_recordset($1::jsonb) AS new (
       id text, customer_id text, order_ids text[], status text, email text,
       display_id int, created_at timestamptz, failed_notices text[]
     )`,
    [JSON.stringify(claims)]
  )
}

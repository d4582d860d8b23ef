import { EVENT_TOKEN_GENERATION } from "../claims/claim"
import type { ClaimRequest } from "../claims/claim-request"
import type { Limits, Tally } from "../claims/limits"
import type { Queryable } from "./database"

interface CountRow {
  who: string
  mailed: number
}

// Counted is what was mailed or will be: neither an attempt that was turned away,
// which must not prolong its own punishment, nor a claim that the event's own
// token confirmed before any mail.
const COUNTED = `
  status NOT IN ('throttled', 'ineligible')
  AND (attempts > 0 OR confirmed_generation IS DISTINCT FROM ${EVENT_TOKEN_GENERATION})
`

/** How many claims count against the limits of these requests already. */
export async function tallyClaims(
  db: Queryable,
  requests: ClaimRequest[],
  limits: Limits
): Promise<Tally> {
  const recipients = await db.query<CountRow>(
    `SELECT lower(email) AS who, count(*)::int AS mailed FROM order_claim
     WHERE lower(email) = ANY($1) AND ${COUNTED}
       AND created_at > now() - $2 * interval '1 millisecond'
     GROUP BY 1`,
    [
      requests.map((request) => request.recipient.toLowerCase()),
      limits.perRecipient.windowMs,
    ]
  )
  const customers = await db.query<CountRow>(
    `SELECT customer_id AS who, count(*)::int AS mailed FROM order_claim
     WHERE customer_id = ANY($1) AND ${COUNTED}
       AND created_at > now() - $2 * interval '1 millisecond'
     GROUP BY 1`,
    [requests.map((request) => request.claimantId), limits.perCustomer.windowMs]
  )
  return {
    perRecipient: new Map(recipients.map((row) => [row.who, row.mailed])),
    perCustomer: new Map(customers.map((row) => [row.who, row.mailed])),
  }
}

import type { EventToken, PresentedToken } from "../claims/claim-token"
import { eligibleOrders } from "../claims/eligibility"
import { judge } from "../claims/judgement"
import { OrderClaimRefusal } from "../claims/refusal"
import { ClaimRow, lockClaim } from "../rows/claims"
import { CustomerRow, loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { updateNotifications } from "../rows/notifications"
import { OpeningRules, openClaims } from "../outbox/open-claims"
import { lockOrderFacts } from "../rows/orders"

/** What a confirm has to change; the claim and its orders are locked. */
export interface Confirmation {
  claim: ClaimRow
  claimant: CustomerRow
  /** The orders that change hands. */
  moving: string[]
}

/**
 * Judges a token with its claim and then its orders locked, inside the caller's
 * transaction, and marks the claim as confirmed. Orders that may not be claimed
 * any more are left as they are.
 *
 * @returns what the caller has to write to the orders, or `undefined` if this
 * very token has confirmed already
 * @throws {OrderClaimRefusal}
 */
export async function confirmClaim(
  db: Queryable,
  token: PresentedToken,
  rules: OpeningRules
): Promise<Confirmation | undefined> {
  const claim = await findClaim(db, token, rules)
  if (!claim) throw new OrderClaimRefusal("order_claim_invalid")

  const judgement = judge(claim, token, new Date())
  if (judgement.type === "refuse") throw new OrderClaimRefusal(judgement.code)

  const orders = await lockOrderFacts(db, claim.order_ids)
  const theirs = orders.filter((o) => o.customer_id === claim.customer_id)
  if (judgement.type === "repeat") {
    if (!theirs.length) throw new OrderClaimRefusal("order_claim_stale")
    return undefined
  }
  const moving = eligibleOrders(orders, claim, rules).map((order) => order.id)
  // An order that is the claimant's already needs nothing and counts as done.
  if (!moving.length && !theirs.length) {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  const claimants = await loadCustomers(db, [claim.customer_id])
  const claimant = claimants.get(claim.customer_id)
  if (!claimant?.has_account) throw new OrderClaimRefusal("order_claim_stale")

  await markConfirmed(db, claim, token.generation)
  return { claim, claimant, moving }
}

/**
 * The claim of a token. The event's own token may arrive before its event does,
 * or after it was lost: then its claim is opened here, by the same rules.
 */
async function findClaim(
  db: Queryable,
  token: PresentedToken,
  rules: OpeningRules
): Promise<ClaimRow | undefined> {
  if (token.type === "link") return lockClaim(db, { id: token.claimId })

  const by = { event_token_hash: token.eventTokenHash }
  const known = await lockClaim(db, by)
  if (known || token.expiresAt <= new Date()) return known

  const recipient = await recipientOf(db, token)
  if (!recipient) throw new OrderClaimRefusal("order_claim_stale")
  const request = { ...token.request, recipient, unmailed: true }
  await openClaims(db, [request], rules)
  return lockClaim(db, by)
}

/**
 * Core puts orders of one address into a token, but not the address. It is
 * taken from orders that have not been touched since: had one changed its
 * address, the token would be worth what its old address allowed. The clocks of
 * this process, which signs, and of the database, which dates, are compared.
 */
async function recipientOf(
  db: Queryable,
  { request, issuedAt }: EventToken
): Promise<string | undefined> {
  const addresses = await db.query<{ email: string; is_touched: boolean }>(
    `SELECT DISTINCT email, updated_at >
       $2::timestamptz + (clock_timestamp() - $3::timestamptz) AS is_touched
     FROM "order" WHERE id = ANY($1)`,
    [request.orderIds, issuedAt, new Date()]
  )
  const [only] = addresses
  return addresses.length === 1 && !only?.is_touched ? only?.email : undefined
}

async function markConfirmed(
  db: Queryable,
  claim: ClaimRow,
  generation: number
): Promise<void> {
  await db.query(
    `UPDATE order_claim SET
       status = 'confirmed', confirmed_generation = $2,
       next_attempt_at = NULL, resolved_at = now(), updated_at = now()
     WHERE id = $1`,
    [claim.id, generation]
  )
  await updateNotifications(db, [claim.id])
}

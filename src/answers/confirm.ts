import type { Party } from "../claims/claim"
import type { EventToken, PresentedToken } from "../claims/claim-token"
import { eligibleOrders } from "../claims/eligibility"
import { loginRequired, OrderClaimRefusal } from "../claims/refusal"
import { refusalOf, standingOf } from "../claims/standing"
import { isSameAddress } from "../email/address"
import type { OpeningRules } from "../outbox/decide"
import { openClaims } from "../outbox/open-claims"
import { ClaimRow, resolveClaim } from "../rows/claims"
import { CustomerRow, loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { lockOrderFacts } from "../rows/orders"
import { existing, lockPresentedClaim } from "./presented"

/** What a confirm has to obey. */
export interface ConfirmRules extends OpeningRules {
  /** Whether only the claimant, logged in, may confirm. */
  requireLogin: boolean
  /** Whether the old address and the claimant are told. */
  notifyOnConfirm: boolean
}

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
 * @param customerId - who is logged in, if somebody is
 * @returns what the caller has to write to the orders, or `undefined` if this
 * very token has confirmed already
 * @throws {OrderClaimRefusal}, or `MedusaError` `unauthorized` if the claimant
 * has to log in
 */
export async function confirmClaim(
  db: Queryable,
  token: PresentedToken,
  rules: ConfirmRules,
  customerId?: string
): Promise<Confirmation | undefined> {
  const claim = existing(await lockOrOpen(db, token, rules))
  const standing = standingOf(claim, token, new Date())
  if (standing !== "open" && standing !== "confirmed") throw refusalOf(standing)
  if (rules.requireLogin && claim.customer_id !== customerId) {
    throw loginRequired()
  }
  const orders = await lockOrderFacts(db, claim)
  const theirs = orders.filter((o) => o.customer_id === claim.customer_id)
  if (standing === "confirmed") {
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

  const tells = rules.notifyOnConfirm && moving.length > 0
  const confirmed = await resolveClaim(db, claim.id, {
    status: "confirmed",
    by: "recipient",
    confirmedGeneration: token.generation,
    movedOrderIds: moving,
    untold: tells ? parties(claim, claimant) : [],
  })
  return { claim: confirmed, claimant, moving }
}

/** Somebody who is both needs to be told once. */
function parties(claim: ClaimRow, claimant: CustomerRow): Party[] {
  return isSameAddress(claim.email, claimant.email)
    ? ["recipient"]
    : ["recipient", "claimant"]
}

/**
 * The claim of a token. The event's own token may arrive before its event does,
 * or after it was lost: then its claim is opened here, by the same rules.
 */
async function lockOrOpen(
  db: Queryable,
  token: PresentedToken,
  rules: ConfirmRules
): Promise<ClaimRow | undefined> {
  const known = await lockPresentedClaim(db, token)
  if (known || token.type === "link") return known
  if (token.expiresAt <= new Date()) return undefined

  const recipient = await recipientOf(db, token)
  if (!recipient) throw new OrderClaimRefusal("order_claim_stale")
  const request = { ...token.request, recipient, unmailed: true }
  await openClaims(db, [request], rules)
  return lockPresentedClaim(db, token)
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

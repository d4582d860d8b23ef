import type { Party } from "../claims/claim"
import type { PresentedToken } from "../claims/claim-token"
import {
  EligibilityRules,
  isClaimants,
  OrderFacts,
} from "../claims/eligibility"
import { judgeClaim } from "../claims/judgement"
import { linkStatusOf, refusalOf } from "../claims/link-status"
import { movedOrder } from "../claims/moved-order"
import { needsLogin } from "../claims/own-address"
import { loginRequired, OrderClaimRefusal } from "../claims/refusal"
import { LoadedFacts, lockClaimFacts } from "../db/claim-facts"
import { ClaimRow } from "../db/claims"
import { resolveClaim } from "../db/resolve-claim"
import type { CustomerRow } from "../db/customers"
import type { Queryable } from "../db/database"
import { findUntouchedAddress } from "../db/orders"
import { isSameAddress } from "../values/email-address"
import type { OpeningRules } from "./decide-claim"
import { openClaims } from "./open-claims"
import { lockPresentedClaim, requireClaim } from "./presented-claim"

/** The rules of a confirm. */
export interface ConfirmRules extends OpeningRules {
  /** Lets only the claimant confirm, logged in, whatever the claim's address. */
  requireLogin: boolean
  /** Mails the old address and the claimant afterwards. */
  notifyOnConfirm: boolean
}

/** The outcome of a confirm, while the claim and its orders are still locked. */
export interface Confirmation {
  claim: ClaimRow
  claimant: CustomerRow
  /** The ids of the orders that change hands. */
  moving: string[]
}

/** Moves the orders of a confirmation, in the same transaction. */
export type HandOver = (confirmation: Confirmation) => Promise<void>

/**
 * Confirms the claim of a token and moves its orders, inside the caller's
 * transaction. Locks the claim first, then its orders and the claimant. Orders that
 * may not be claimed any more are left as they are.
 *
 * @param customerId - the logged-in customer, if any
 * @returns `undefined` if this very token has confirmed already
 * @throws {OrderClaimRefusal}, or `MedusaError` `unauthorized` if the claimant
 * has to log in
 */
export async function confirmClaim(
  db: Queryable,
  token: PresentedToken,
  rules: ConfirmRules,
  handOver: HandOver,
  customerId?: string
): Promise<Confirmation | undefined> {
  const claim = requireClaim(await lockOrOpen(db, token, rules))
  const status = linkStatusOf(claim, token, new Date())
  if (status !== "open" && status !== "confirmed") throw refusalOf(status)
  const facts = await lockClaimFacts(db, claim)
  if (status === "confirmed") requireTheirs(claim, facts)
  const change = status === "open" ? changeOf(claim, facts, rules) : undefined
  // Whoever is not the claimant is refused here, whatever the token.
  const isClaimant = claim.customer_id === customerId
  if (!isClaimant && needsLogin(claim, facts.claimant, rules)) {
    throw loginRequired()
  }
  if (!change) return undefined

  const { claimant, orders } = change
  const moving = orders.map(({ id }) => id)
  const confirmed = await resolveClaim(db, claim.id, {
    status: "confirmed",
    by: "recipient",
    confirmedGeneration: token.generation,
    movedOrders: orders.map((order) => movedOrder(order, claim)),
    toNotify:
      rules.notifyOnConfirm && moving.length ? parties(claim, claimant) : [],
  })
  const confirmation = { claim: confirmed, claimant, moving }
  await handOver(confirmation)
  return confirmation
}

/** The change that a confirm makes. */
interface Change {
  claimant: CustomerRow
  /** The orders that change hands. */
  orders: OrderFacts[]
}

/** @throws {OrderClaimRefusal} if none of the orders may be claimed any more */
function changeOf(
  claim: ClaimRow,
  facts: LoadedFacts,
  rules: EligibilityRules
): Change {
  const judgement = judgeClaim(claim, facts, rules)
  if (judgement.type === "ineligible") {
    throw new OrderClaimRefusal("order_claim_stale")
  }
  // "done": the claimant has the orders already, so none of them moves.
  const orders = judgement.type === "done" ? [] : judgement.orders
  return { claimant: judgement.claimant, orders }
}

/** @throws {OrderClaimRefusal} if none of the orders is the claimant's any more */
function requireTheirs(claim: ClaimRow, { orders }: LoadedFacts): void {
  const isTheirs = orders.some((order) => isClaimants(order, claim))
  if (!isTheirs) throw new OrderClaimRefusal("order_claim_stale")
}

/** The sides to notify: one, if both have the same address. */
function parties(claim: ClaimRow, claimant: CustomerRow): Party[] {
  return isSameAddress(claim.email, claimant.email)
    ? ["recipient"]
    : ["recipient", "claimant"]
}

/**
 * Locks the claim of a token. The event's own token may arrive before its event,
 * or the event may be lost: then the claim is opened here, by the same rules.
 */
async function lockOrOpen(
  db: Queryable,
  token: PresentedToken,
  rules: ConfirmRules
): Promise<ClaimRow | undefined> {
  const known = await lockPresentedClaim(db, token)
  if (known || token.type === "link") return known
  if (token.expiresAt <= new Date()) return undefined

  // Core's token names orders of one address, but not the address itself. If an
  // order changed its address since, the token was not meant for the new one: so
  // no order may have been changed since the token was signed.
  const { request, issuedAt } = token
  const email = await findUntouchedAddress(db, request.order_ids, issuedAt)
  if (!email) throw new OrderClaimRefusal("order_claim_stale")
  await openClaims(db, [{ ...request, email, unmailed: true }], rules)
  return lockPresentedClaim(db, token)
}

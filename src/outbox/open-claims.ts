import type { Claim } from "../claims/claim"
import type { ClaimRequest } from "../claims/claim-request"
import {
  EligibilityRules,
  eligibleOrders,
  explainIneligibility,
  OrderFacts,
} from "../claims/eligibility"
import { parseEmailAddress } from "../email/address"
import { Limits, takeFromLimits, Tally } from "../claims/limits"
import {
  ClaimRow,
  findClaimsByEvent,
  insertClaims,
  NewClaim,
} from "../rows/claims"
import { loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { newId } from "../rows/ids"
import { tallyClaims } from "../rows/tally"
import { insertNotifications } from "../rows/notifications"
import { loadOrderFacts } from "../rows/orders"
import { pick } from "../rows/pick"

/** What opening has to obey. */
export interface OpeningRules extends EligibilityRules {
  limits: Limits | false
  linkTtlMs: number
}

/** A request, and who takes part in recording it. */
export interface OpeningRequest extends ClaimRequest {
  /** The order whose notification core writes itself, from what the provider returns. */
  recordedByCore?: string
  /** Confirmed on the spot: needs no email, and so no notification. */
  unmailed?: boolean
}

/** A claim that is on record now. */
export interface OpenedClaim {
  claim: Claim
  /** False if an earlier arrival of the same event had opened it. */
  isNew: boolean
}

/**
 * Writes claims and their notifications, for a whole burst in one transaction:
 * the caller's. An event that arrives a second time changes nothing.
 *
 * @returns one opened claim per request, in their order
 */
export async function openClaims(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<OpenedClaim[]> {
  // One opener of mails at a time, across all servers: only so are the limits
  // right. What is not mailed counts against none, and waits for nobody.
  if (requests.some((request) => !request.unmailed)) {
    await db.query(
      "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'))"
    )
  }
  const hashes = requests.map((request) => request.eventTokenHash)
  const known = await findClaimsByEvent(db, hashes)
  const fresh = distinct(requests).filter((r) => !known.has(r.eventTokenHash))
  const written = await write(db, fresh, rules)

  const opened = new Map([...known, ...written])
  const late = hashes.filter((hash) => !opened.has(hash))
  if (late.length) {
    // Opened by a confirm while this was waiting to write.
    for (const [hash, claim] of await findClaimsByEvent(db, late)) {
      opened.set(hash, claim)
    }
  }
  return hashes.map((hash, index) => ({
    claim: opened.get(hash) as Claim,
    isNew: written.has(hash) && hashes.indexOf(hash) === index,
  }))
}

/** Of several arrivals of one event the first opens the claim. */
function distinct(requests: OpeningRequest[]): OpeningRequest[] {
  const firsts = new Map<string, OpeningRequest>()
  for (const request of requests) {
    const hash = request.eventTokenHash
    if (!firsts.has(hash)) firsts.set(hash, request)
  }
  return [...firsts.values()]
}

async function write(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<Map<string, ClaimRow>> {
  if (!requests.length) return new Map()

  const orders = await loadOrderFacts(
    db,
    requests.flatMap((request) => request.orderIds)
  )
  const claims = await decide(db, requests, orders, rules)
  const rows = await insertClaims(db, claims, rules.linkTtlMs)
  const written = new Map(rows.map((row) => [row.event_token_hash, row]))

  const notified = requests.flatMap((request) => {
    const claim = written.get(request.eventTokenHash)
    if (claim?.status !== "pending" || request.unmailed) return []
    const facts = pick(orders, claim.order_ids)
    return eligibleOrders(facts, claim, rules)
      .filter((order) => order.id !== request.recordedByCore)
      .map((order) => ({ claim, order }))
  })
  await insertNotifications(db, notified)
  return written
}

/** What becomes of each request: `pending`, `throttled` or `ineligible`. */
async function decide(
  db: Queryable,
  requests: OpeningRequest[],
  orders: Map<string, OrderFacts>,
  rules: OpeningRules
): Promise<NewClaim[]> {
  const claimants = await loadCustomers(
    db,
    requests.map((request) => request.claimantId)
  )
  const tally = rules.limits && (await tallyClaims(db, requests, rules.limits))

  return requests.map((request) => {
    const claim: NewClaim = {
      id: newId("oclaim"),
      customer_id: request.claimantId,
      email: request.recipient,
      order_ids: request.orderIds,
      event_token_hash: request.eventTokenHash,
      status: "pending",
      last_error: null,
    }
    const facts = pick(orders, request.orderIds)
    const obstacle = claimants.get(request.claimantId)?.has_account
      ? whyNothingToMail(claim, facts, rules)
      : "the claimant has no account"
    if (obstacle) {
      return { ...claim, status: "ineligible", last_error: obstacle }
    }
    if (!isWithinLimits(request, tally, rules.limits)) {
      return { ...claim, status: "throttled", last_error: "over the limit" }
    }
    return claim
  })
}

function whyNothingToMail(
  claim: NewClaim,
  orders: OrderFacts[],
  rules: OpeningRules
): string | undefined {
  if (!parseEmailAddress(claim.email)) {
    return "the orders' address is not one plain email address"
  }
  if (eligibleOrders(orders, claim, rules).length) return undefined
  return explainIneligibility(claim, orders, rules)
}

function isWithinLimits(
  request: OpeningRequest,
  tally: Tally | false,
  limits: Limits | false
): boolean {
  if (!tally || !limits || request.unmailed) return true
  return takeFromLimits(request, tally, limits)
}

import type { Claim } from "../claims/claim"
import { eligibleOrders } from "../claims/eligibility"
import {
  ClaimRow,
  findClaimsByEvent,
  insertClaims,
  NewClaim,
} from "../rows/claims"
import { localeOfCountry, parseLocale } from "../texts/locale"
import type { Queryable } from "../rows/database"
import { newId } from "../rows/ids"
import { insertNotifications } from "../rows/notifications"
import {
  loadOrderFacts,
  loadOrderLanguages,
  OrderLanguage,
} from "../rows/orders"
import { decideClaims, OpeningRequest, OpeningRules } from "./decide"

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
  // What is not mailed counts against no limit, and waits for nobody.
  if (requests.some((request) => !request.unmailed)) await lockLimits(db)

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

/**
 * Whoever puts something into the outbox does it alone, across all servers, until
 * the transaction ends: only so are the limits right.
 */
export async function lockLimits(db: Queryable): Promise<void> {
  await db.query(
    "SELECT pg_advisory_xact_lock(hashtext('medusa-plugin-order-claim'))"
  )
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

  const languages = await loadOrderLanguages(
    db,
    requests.flatMap(({ orderIds }) => orderIds.slice(0, 1))
  )
  const asked = requests.map((request) => newClaim(request, languages))
  const factsOf = await loadOrderFacts(db, asked)
  const claims = await decideClaims(db, requests, asked, factsOf, rules)
  const rows = await insertClaims(db, claims, rules.linkTtlMs)
  const written = new Map(rows.map((row) => [row.event_token_hash, row]))

  const notified = requests.flatMap((request) => {
    const claim = written.get(request.eventTokenHash)
    if (claim?.status !== "pending" || request.unmailed) return []
    return eligibleOrders(factsOf(claim), claim, rules)
      .filter((order) => order.id !== request.recordedByCore)
      .map((order) => ({ claim, order }))
  })
  await insertNotifications(db, notified)
  return written
}

function newClaim(
  request: OpeningRequest,
  languages: Map<string, OrderLanguage>
): NewClaim {
  return {
    id: newId("oclaim"),
    customer_id: request.claimantId,
    email: request.recipient,
    order_ids: request.orderIds,
    event_token_hash: request.eventTokenHash,
    status: "pending",
    locale: localeOf(languages.get(request.orderIds[0] as string)),
    last_error: null,
  }
}

/** The language of a claim is that of its first order. */
function localeOf(order: OrderLanguage | undefined): string | null {
  return (
    parseLocale(order?.cart_locale) ?? localeOfCountry(order?.country) ?? null
  )
}

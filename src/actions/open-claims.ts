import type { Claim } from "../claims/claim"
import { loadClaimFacts } from "../db/claim-facts"
import {
  ClaimRow,
  findClaimsByEvent,
  insertClaims,
  NewClaim,
} from "../db/claims"
import type { Queryable } from "../db/database"
import { newId } from "../db/ids"
import { lockOpening } from "../db/lock-opening"
import { insertNotifications } from "../db/notifications"
import { loadOrderLanguages, OrderLanguage } from "../db/orders"
import { loadTally } from "../db/tally"
import { localeOfCountry, parseLocale } from "../texts/locale"
import { decideClaim, OpeningRequest, OpeningRules } from "./decide-claim"

/** A claim that has been recorded. */
export interface OpenedClaim {
  claim: Claim
  /** False if an earlier arrival of the same event had opened it. */
  isNew: boolean
}

/** Claims by the hash of their event's token. */
type ClaimsByEvent = Map<string, ClaimRow>

/**
 * Writes the claims of a batch of requests, and their notifications, inside the
 * caller's transaction. An event that arrives a second time changes nothing.
 *
 * @returns one opened claim per request, in their order
 */
export async function openClaims(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<OpenedClaim[]> {
  // A claim that is not mailed counts against no limit, so it needs no lock.
  if (requests.some((request) => !request.unmailed)) await lockOpening(db)

  const firstArrivals = distinct(requests)
  const hashes = firstArrivals.map((request) => request.event_token_hash)
  const known = await findClaimsByEvent(db, hashes)
  const fresh = firstArrivals.filter((r) => !known.has(r.event_token_hash))
  const written = await writeClaims(db, fresh, rules)
  // A confirm does not take the lock, and may have opened some meanwhile.
  const late = hashes.filter((hash) => !known.has(hash) && !written.has(hash))
  const others = late.length ? await findClaimsByEvent(db, late) : []

  const opened: ClaimsByEvent = new Map([...known, ...written, ...others])
  const isFirst = new Set(firstArrivals)
  return requests.map((request) => {
    const { event_token_hash: hash } = request
    const claim = opened.get(hash)
    if (!claim) throw new Error("a claim was deleted while it was opened")
    return { claim, isNew: written.has(hash) && isFirst.has(request) }
  })
}

/** Selects the first arrival of each event: that one opens the claim. */
function distinct(requests: OpeningRequest[]): OpeningRequest[] {
  const firsts = new Map<string, OpeningRequest>()
  for (const request of requests) {
    const { event_token_hash: hash } = request
    if (!firsts.has(hash)) firsts.set(hash, request)
  }
  return [...firsts.values()]
}

async function writeClaims(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<ClaimsByEvent> {
  if (!requests.length) return new Map()

  const factsOf = await loadClaimFacts(db, requests)
  const languages = await loadOrderLanguages(
    db,
    requests.flatMap(({ order_ids }) => order_ids.slice(0, 1))
  )
  const tally = rules.limits && (await loadTally(db, requests, rules.limits))
  const decided = requests.map((request) => {
    const decision = decideClaim(request, factsOf(request), tally, rules)
    const locale = localeOf(languages.get(request.order_ids[0] ?? ""))
    return { request, decision, claim: newClaim(request, decision, locale) }
  })

  const claims = decided.map(({ claim }) => claim)
  const rows = await insertClaims(db, claims, rules.linkTtlMs)
  const written = new Map(rows.map((row) => [row.event_token_hash, row]))
  await insertNotifications(
    db,
    decided
      .filter(({ claim }) => written.has(claim.event_token_hash))
      .flatMap(({ request, decision, claim }) =>
        decision.mailed
          .filter((order) => order.id !== request.recordedByCore)
          .map((order) => ({ claim, order }))
      )
  )
  return written
}

function newClaim(
  { customer_id, email, order_ids, event_token_hash }: OpeningRequest,
  { status, last_error }: Pick<NewClaim, "status" | "last_error">,
  locale: string | null
): NewClaim {
  return {
    id: newId("oclaim"),
    customer_id,
    email,
    order_ids,
    event_token_hash,
    status,
    locale,
    last_error,
  }
}

/** Finds a claim's language, which is that of its first order. */
function localeOf(order: OrderLanguage | undefined): string | null {
  return (
    parseLocale(order?.cart_locale) ?? localeOfCountry(order?.country) ?? null
  )
}

import type { Claim } from "../claims/claim"
import { isOwnAddress } from "../claims/own-address"
import { takeFromLimits } from "../claims/limits"
import { loadClaimFacts } from "../db/claim-facts"
import {
  ClaimRow,
  ClaimsByEvent,
  claimsByEvent,
  findClaimsByEvent,
  insertClaims,
  NewClaim,
  throttleClaims,
} from "../db/claims"
import type { Queryable } from "../db/database"
import { newId } from "../db/ids"
import { lockOpening } from "../db/lock-opening"
import { insertNotifications } from "../db/notifications"
import { loadOrderLanguages, OrderLanguage } from "../db/orders"
import { loadTally } from "../db/tally"
import { localeOfCountry, parseLocale } from "../texts/locale"
import {
  decideClaim,
  Decision,
  OpeningRequest,
  OpeningRules,
} from "./decide-claim"

/** A claim that has been recorded. */
export interface OpenedClaim {
  claim: Claim
  /** False if an earlier arrival of the same event had opened it. */
  isNew: boolean
}

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
  const firstArrivals = distinct(requests)
  const hashes = firstArrivals.map((request) => request.event_token_hash)
  const known = await findClaimsByEvent(db, hashes)
  const fresh = firstArrivals.filter((r) => !known.has(r.event_token_hash))
  const written = await writeClaims(db, fresh, rules)
  // Another server, or a confirm, may have opened some meanwhile.
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

/** A request with the decision on it, and the claim that is written. */
interface Decided {
  request: OpeningRequest
  decision: Decision
  claim: NewClaim
}

async function writeClaims(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<ClaimsByEvent> {
  if (!requests.length) return new Map()

  const decided = await decide(db, requests, rules)
  const claims = decided.map(({ claim }) => claim)
  const rows = await insertClaims(db, claims, rules.linkTtlMs)
  const written = claimsByEvent(rows)
  const mailed = decided.filter(
    ({ decision, claim }) =>
      decision.mailed.length && written.has(claim.event_token_hash)
  )
  await insertNotifications(db, mailed.flatMap(notified))
  const throttled = claimsByEvent(await throttleLate(db, mailed, rules))
  return new Map([...written, ...throttled])
}

async function decide(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<Decided[]> {
  const factsOf = await loadClaimFacts(db, requests)
  const languages = await loadOrderLanguages(
    db,
    requests.flatMap(({ order_ids }) => order_ids.slice(0, 1))
  )
  const tally = rules.limits && (await loadTally(db, requests, rules.limits))
  return requests.map((request) => {
    const facts = factsOf(request)
    const decision = decideClaim(request, facts, tally, rules)
    const claim = newClaim(request, decision, {
      own_address: isOwnAddress(request, facts.claimant),
      locale: localeOf(languages.get(request.order_ids[0] ?? "")),
    })
    return { request, decision, claim }
  })
}

function notified({ request, decision, claim }: Decided) {
  return decision.mailed
    .filter((order) => order.id !== request.recordedByCore)
    .map((order) => ({ claim, order }))
}

/**
 * Throttles the claims that are over a limit together with those that others have
 * opened since the decision. Only this last step needs the lock of opening, so that
 * it is held for a moment, however many orders a claim has.
 *
 * @returns the claims that were throttled
 */
async function throttleLate(
  db: Queryable,
  mailed: Decided[],
  { limits }: OpeningRules
): Promise<ClaimRow[]> {
  if (!limits || !mailed.length) return []

  await lockOpening(db)
  const claims = mailed.map(({ claim }) => claim)
  const tally = await loadTally(db, claims, limits)
  const over = claims.filter((claim) => !takeFromLimits(claim, tally, limits))
  return over.length ? throttleClaims(db, over) : []
}

function newClaim(
  { customer_id, email, order_ids, event_token_hash }: OpeningRequest,
  { status, last_error }: Pick<NewClaim, "status" | "last_error">,
  facts: Pick<NewClaim, "own_address" | "locale">
): NewClaim {
  return {
    id: newId("oclaim"),
    customer_id,
    email,
    order_ids,
    event_token_hash,
    status,
    last_error,
    ...facts,
  }
}

/** Finds a claim's language, which is that of its first order. */
function localeOf(order: OrderLanguage | undefined): string | null {
  return (
    parseLocale(order?.cart_locale) ?? localeOfCountry(order?.country) ?? null
  )
}

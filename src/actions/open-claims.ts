import type { Claim } from "../claims/claim"
import {
  ClaimsByEvent,
  claimsByEvent,
  findClaimsByEvent,
  insertClaims,
  NewClaim,
} from "../db/claims"
import type { Queryable } from "../db/database"
import { newId } from "../db/ids"
import type { OpeningRequest, OpeningRules } from "./decide-claim"
import { DecidedClaim, decideClaims } from "./decide-claims"
import { queueMails } from "./queue-mails"

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

async function writeClaims(
  db: Queryable,
  requests: OpeningRequest[],
  rules: OpeningRules
): Promise<ClaimsByEvent> {
  if (!requests.length) return new Map()

  const decided = (await decideClaims(db, requests, rules)).map((each) => ({
    ...each,
    claim: newClaim(each),
  }))
  const claims = decided.map(({ claim }) => claim)
  const written = claimsByEvent(await insertClaims(db, claims, rules.linkTtlMs))
  const mails = decided
    .filter(({ claim }) => written.has(claim.event_token_hash))
    .map(({ claim, asked: { recordedByCore }, decision: { mailed } }) => {
      return { claim, mailed, recordedByCore }
    })
    .filter(({ mailed }) => mailed.length)
  const throttled = claimsByEvent(await queueMails(db, mails, rules))
  return new Map([...written, ...throttled])
}

function newClaim({
  asked: { customer_id, email, order_ids, event_token_hash },
  decision: { status, last_error },
  facts,
}: DecidedClaim<OpeningRequest>): NewClaim & { event_token_hash: string } {
  return {
    id: newId("oclaim"),
    origin: "order_ids",
    requested_by: null,
    customer_id,
    email,
    order_ids,
    event_token_hash,
    status,
    last_error,
    ...facts,
  }
}

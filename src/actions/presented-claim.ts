import type { PresentedToken } from "../claims/claim-token"
import { OrderClaimRefusal } from "../claims/refusal"
import { ClaimKey, ClaimRow, findClaim, lockClaim } from "../db/claims"
import type { Queryable } from "../db/database"

/** Finds the claim of a presented token; the event's own may not have one yet. */
export async function findPresentedClaim(
  db: Queryable,
  token: PresentedToken
): Promise<ClaimRow | undefined> {
  return findClaim(db, claimKeyOf(token))
}

/** Finds that claim and locks it until the transaction ends. */
export async function lockPresentedClaim(
  db: Queryable,
  token: PresentedToken
): Promise<ClaimRow | undefined> {
  return lockClaim(db, claimKeyOf(token))
}

/**
 * Asserts that a token has a claim.
 *
 * @throws {OrderClaimRefusal} if it has none
 */
export function requireClaim(claim: ClaimRow | undefined): ClaimRow {
  if (claim) return claim
  throw new OrderClaimRefusal("order_claim_invalid")
}

/** Returns what a presented token says about which claim it belongs to. */
export function claimKeyOf(token: PresentedToken): ClaimKey {
  return token.type === "link"
    ? { id: token.claimId }
    : { event_token_hash: token.event_token_hash }
}

/** Names the confirm with a presented token, for the log. */
export function confirmWith(token: PresentedToken): string {
  return token.type === "link"
    ? `the confirmation of ${token.claimId}`
    : "the confirm with an event's own token"
}

/** Names the line in which everything about the claim of a token waits. */
export function lineOf(token: PresentedToken): string {
  return lineOfClaim(claimKeyOf(token))
}

/** Names the line in which everything about a claim waits. */
export function lineOfClaim(key: ClaimKey): string {
  return JSON.stringify(key)
}

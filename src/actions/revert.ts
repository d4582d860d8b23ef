import type { Decider, MovedOrder, Party } from "../claims/claim"
import { CLAIM_EVENTS } from "../claims/events"
import { canGoBack } from "../claims/eligibility"
import { ERASED } from "../claims/erasure"
import { refusalOf } from "../claims/link-status"
import { OrderClaimRefusal } from "../claims/refusal"
import { isOfConfirm, RevertToken } from "../claims/revert-token"
import { lockClaimFacts } from "../db/claim-facts"
import { ClaimRow, lockClaim } from "../db/claims"
import { recordReversion } from "../db/resolve-claim"
import type { Queryable } from "../db/database"
import { stageEvents } from "../db/events"
import { isSameAddress } from "../values/email-address"
import { unknownClaim } from "./require-claim"

/** The side that gives the orders back. */
export type Reverter =
  | { type: "recipient"; token: RevertToken }
  /** The shop's staff: without a time limit. */
  | { type: "admin"; claimId: string; userId?: string }

/** Moves orders back to where they came from, in the same transaction. */
export type HandBack = (claim: ClaimRow, orders: MovedOrder[]) => Promise<void>

/**
 * Gives the orders of a confirmed claim back, inside the caller's transaction, with the
 * locks of a confirm. What the claimant has no longer stays where it is. The claimant
 * cannot ask for these orders again until an admin cancels the claim.
 *
 * @returns `undefined` if they were given back before
 * @throws {OrderClaimRefusal}, or `MedusaError` `not_found` for an unknown id
 */
export async function revertClaim(
  db: Queryable,
  reverter: Reverter,
  handBack: HandBack
): Promise<ClaimRow | undefined> {
  const claim = await lockConfirmed(db, reverter)
  if (claim.reverted_at) return undefined
  if (claim.email === ERASED) {
    throw new OrderClaimRefusal(
      "order_claim_stale",
      "The address of this order claim was erased, so its orders cannot be given back to it."
    )
  }

  const moved = new Map(claim.moved_orders.map((order) => [order.id, order]))
  const order_ids = [...moved.keys()]
  const { customer_id, email } = claim
  const facts = await lockClaimFacts(db, { ...claim, order_ids })
  const back = facts.orders
    .filter((order) => canGoBack(order, { customer_id }))
    .flatMap(({ id }) => moved.get(id) ?? [])

  const { claimant } = facts
  const isOneReader = !claimant || isSameAddress(email, claimant.email)
  const toNotify: Party[] = isOneReader
    ? ["recipient"]
    : ["recipient", "claimant"]
  const orderIds = back.map(({ id }) => id)
  const by: Decider = reverter.type
  const reverted = await recordReversion(db, claim.id, {
    by,
    userId: reverter.type === "admin" ? reverter.userId : undefined,
    orderIds,
    toNotify: back.length ? toNotify : [],
  })
  await handBack(reverted, back)
  await stageEvents(db, [
    {
      name: CLAIM_EVENTS.reverted,
      claim: { id: claim.id, order_ids: orderIds },
    },
  ])
  return reverted
}

/** Locks the claim, which must be confirmed, or given back already. */
async function lockConfirmed(
  db: Queryable,
  reverter: Reverter
): Promise<ClaimRow> {
  const id =
    reverter.type === "admin" ? reverter.claimId : reverter.token.claimId
  const claim = await lockClaim(db, { id })
  if (reverter.type === "recipient") return presented(claim, reverter.token)
  if (!claim) throw unknownClaim(id)
  if (claim.status === "confirmed" || claim.reverted_at) return claim
  throw new OrderClaimRefusal(
    "order_claim_stale",
    "This order claim was not confirmed: there is nothing to give back."
  )
}

function presented(claim: ClaimRow | undefined, token: RevertToken): ClaimRow {
  // Whatever became of the claim afterwards: the same token again changes nothing.
  if (claim?.reverted_at) return claim
  if (!claim || !isOfConfirm(token, claim)) throw refusalOf("invalid")
  if (new Date() >= token.expiresAt) {
    throw new OrderClaimRefusal(
      "order_claim_expired",
      "This link to take the orders back has expired. Contact the shop."
    )
  }
  return claim
}

import type { Claim } from "../claims/claim"
import { CLAIM_EVENTS } from "../claims/events"
import { isFull, OVER_LIMIT } from "../claims/limits"
import type { Queryable } from "../db/database"
import { stageEvents } from "../db/events"
import { findGuestOrders } from "../db/guest-orders"
import { lockRequested, openRequested } from "../db/requested-claims"
import { tallyCustomers } from "../db/tally"
import type { OpeningRules } from "./decide-claim"
import { decideClaims } from "./decide-claims"
import { queueMails } from "./queue-mails"

const OVER = { status: "throttled", last_error: OVER_LIMIT.customer } as const

/** The reason on record for a claim that found nothing. */
const NOTHING_FOUND = "no order to claim was found"

/**
 * Looks up the orders of a requested claim, and puts it into the outbox if there are
 * some. Inside the caller's transaction.
 *
 * @returns the claim as it is now; `undefined` if there was nothing to do
 */
export async function openRequestedClaim(
  db: Queryable,
  claimId: string,
  rules: OpeningRules
): Promise<Claim | undefined> {
  const requested = await lockRequested(db, claimId)
  if (!requested) return undefined
  if (await hasAskedEnough(db, requested, rules)) {
    const claim = { ...requested, ...OVER }
    await openRequested(db, claim)
    return claim
  }

  const order_ids = await findGuestOrders(db, requested)
  const asked = { ...requested, order_ids }
  const [decided] = await decideClaims(db, [asked], rules)
  if (!decided) return undefined

  const { decision, facts } = decided
  const claim = {
    ...asked,
    status: decision.status,
    last_error: order_ids.length ? decision.last_error : NOTHING_FOUND,
    locale: facts.locale,
  }
  await openRequested(db, claim)
  const { mailed } = decision
  if (!mailed.length) return claim
  const [throttled] = await queueMails(db, [{ claim, mailed }], rules)
  return throttled ?? claim
}

/**
 * True if a customer is over their limit. Checked before any order is looked for:
 * otherwise those who ask for many addresses could learn from their limit which of
 * them have orders.
 */
async function hasAskedEnough(
  db: Queryable,
  { id, customer_id }: Pick<Claim, "id" | "customer_id">,
  { limits }: OpeningRules
): Promise<boolean> {
  if (!limits) return false
  const { perCustomer } = limits
  const tally = await tallyCustomers(db, [customer_id], perCustomer, [id])
  return isFull(tally.get(customer_id), perCustomer)
}

/** Gives up a requested claim whose orders cannot be looked up, inside a transaction. */
export async function failRequestedClaim(
  db: Queryable,
  claimId: string,
  reason: string
): Promise<void> {
  const claim = await lockRequested(db, claimId)
  if (!claim) return

  await openRequested(db, { ...claim, status: "failed", last_error: reason })
  await stageEvents(db, [{ name: CLAIM_EVENTS.failed, claim }])
}

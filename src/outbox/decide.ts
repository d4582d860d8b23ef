import type { ClaimRequest } from "../claims/claim-request"
import {
  EligibilityRules,
  eligibleOrders,
  explainIneligibility,
} from "../claims/eligibility"
import { Limits, takeFromLimits, Tally } from "../claims/limits"
import { parseEmailAddress } from "../email/address"
import type { NewClaim } from "../rows/claims"
import { loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import type { FactsOf } from "../rows/orders"
import { tallyCustomers, tallyRecipients } from "../rows/tally"

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

/** What becomes of each request: `pending`, `throttled` or `ineligible`. */
export async function decideClaims(
  db: Queryable,
  requests: OpeningRequest[],
  asked: NewClaim[],
  factsOf: FactsOf,
  rules: OpeningRules
): Promise<NewClaim[]> {
  const claimants = await loadCustomers(
    db,
    asked.map((claim) => claim.customer_id)
  )
  const tally = rules.limits && (await tallyClaims(db, requests, rules.limits))

  return requests.map((request, index) => {
    const claim = asked[index] as NewClaim
    const obstacle = claimants.get(claim.customer_id)?.has_account
      ? whyNothingToMail(claim, factsOf, rules)
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
  factsOf: FactsOf,
  rules: OpeningRules
): string | undefined {
  if (!parseEmailAddress(claim.email)) {
    return "the orders' address is not one plain email address"
  }
  const orders = factsOf(claim)
  if (eligibleOrders(orders, claim, rules).length) return undefined
  return explainIneligibility(claim, orders, rules)
}

async function tallyClaims(
  db: Queryable,
  requests: OpeningRequest[],
  { perRecipient, perCustomer }: Limits
): Promise<Tally> {
  const recipients = requests.map(({ recipient }) => recipient.toLowerCase())
  const claimants = requests.map(({ claimantId }) => claimantId)
  return {
    perRecipient: await tallyRecipients(db, recipients, perRecipient),
    perCustomer: await tallyCustomers(db, claimants, perCustomer),
  }
}

function isWithinLimits(
  request: OpeningRequest,
  tally: Tally | false,
  limits: Limits | false
): boolean {
  if (!tally || !limits || request.unmailed) return true
  return takeFromLimits(request, tally, limits)
}

import { claimLink } from "../claims/claim-link"
import { signClaimToken } from "../claims/claim-token"
import {
  eligibleOrders,
  explainIneligibility,
  OrderFacts,
} from "../claims/eligibility"
import { parseEmailAddress } from "../email/address"
import { LISTED_ORDERS } from "../email/order-view"
import { claimRequestView } from "../email/request-view"
import type { Settings } from "../options/settings"
import type { ClaimRow } from "../rows/claims"
import { pick } from "../rows/pick"
import type { Composed, Composing, Loaded } from "./compose"
import { messageOf } from "./message"

/** The orders that a request shows: the first of those that may be claimed. */
export function listedInRequest(
  orders: OrderFacts[],
  claim: ClaimRow,
  settings: Settings
): string[] {
  return eligibleOrders(orders, claim, settings)
    .slice(0, LISTED_ORDERS)
    .map((order) => order.id)
}

/**
 * The email with the link. The claim is checked again: an order that changed
 * hands or addresses since it was opened is left out, and a claim with no order
 * left is withdrawn.
 */
export async function composeRequest(
  claim: ClaimRow,
  { factsOf, listed, claimants, storeName }: Loaded,
  { settings, jwtSecret, texts, renderer }: Composing
): Promise<Composed> {
  const orders = factsOf(claim)
  const eligible = eligibleOrders(orders, claim, settings)
  const claimant = claimants.get(claim.customer_id)
  if (!claimant?.has_account) {
    return { type: "withdrawn", reason: "the claimant has no account" }
  }
  if (!eligible.length) {
    const reason = explainIneligibility(claim, orders, settings)
    return { type: "withdrawn", reason }
  }
  if (!parseEmailAddress(claim.email)) {
    return { type: "withdrawn", reason: "not one plain email address" }
  }
  const token = signClaimToken(claim, jwtSecret)
  const facts = {
    locale: claim.locale ?? settings.locale,
    brand: settings.brand,
    storeName,
    claimant,
    orders: pick(listed, listedInRequest(orders, claim, settings)),
    orderCount: eligible.length,
    link: claimLink(claim, token, settings),
    declineLink: claimLink(claim, token, settings, "decline"),
    issuedAt: claim.token_issued_at,
    expiresAt: claim.expires_at,
  }
  const email = await renderer.render(claimRequestView(facts, texts))
  const key = `${claim.id}.${claim.token_generation}`
  return {
    type: "message",
    message: { ...messageOf(email, claim.email, key, settings), secret: token },
  }
}

import { claimLink } from "../claims/claim-link"
import { signClaimToken } from "../claims/claim-token"
import {
  eligibleOrders,
  explainIneligibility,
  OrderFacts,
} from "../claims/eligibility"
import { parseEmailAddress } from "../email/address"
import { renderClaimRequest } from "../email/claim-request"
import { claimRequestView, LISTED_ORDERS, OrderSource } from "../email/view"
import type { Settings } from "../options/settings"
import type { Message } from "../transports/transport"
import type { ClaimRow } from "../rows/claims"
import { CustomerRow, loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { loadListedOrders, loadOrderFacts } from "../rows/orders"
import { pick } from "../rows/pick"

/** A claim's email, or why there is none. */
export type Composed =
  | { type: "message"; message: Message }
  /** Nothing of the claim may be claimed any more. */
  | { type: "withdrawn"; reason: string }
  /** It could not be rendered, or got no link: worth another attempt. */
  | { type: "broken"; reason: string }

/** What the emails of a batch show, loaded in one go. */
interface Loaded {
  facts: Map<string, OrderFacts>
  listed: Map<string, OrderSource>
  claimants: Map<string, CustomerRow>
  storeName: string | undefined
}

/**
 * Composes the emails of a batch of claims, each checked again: an order that
 * changed hands or addresses since the claim was opened is left out, and a
 * claim with no order left is withdrawn.
 *
 * @returns by claim id
 */
export async function composeEmails(
  db: Queryable,
  claims: ClaimRow[],
  settings: Settings,
  jwtSecret: string
): Promise<Map<string, Composed>> {
  const loaded = await load(db, claims, settings)
  const compose = (claim: ClaimRow): Composed => {
    try {
      return composeEmail(claim, loaded, settings, jwtSecret)
    } catch (error) {
      return { type: "broken", reason: String(error) }
    }
  }
  return new Map(claims.map((claim) => [claim.id, compose(claim)]))
}

async function load(
  db: Queryable,
  claims: ClaimRow[],
  settings: Settings
): Promise<Loaded> {
  const [facts, claimants, storeName] = await Promise.all([
    loadOrderFacts(
      db,
      claims.flatMap((claim) => claim.order_ids)
    ),
    loadCustomers(
      db,
      claims.map((claim) => claim.customer_id)
    ),
    settings.brand.name ?? loadStoreName(db),
  ])
  const listed = claims.flatMap((claim) =>
    listedIds(pick(facts, claim.order_ids), claim, settings)
  )
  return {
    facts,
    listed: await loadListedOrders(db, listed),
    claimants,
    storeName,
  }
}

async function loadStoreName(db: Queryable): Promise<string | undefined> {
  const [store] = await db.query<{ name: string }>(
    "SELECT name FROM store LIMIT 1"
  )
  return store?.name
}

function listedIds(
  orders: OrderFacts[],
  claim: ClaimRow,
  settings: Settings
): string[] {
  return eligibleOrders(orders, claim, settings)
    .slice(0, LISTED_ORDERS)
    .map((order) => order.id)
}

function composeEmail(
  claim: ClaimRow,
  { facts, listed, claimants, storeName }: Loaded,
  settings: Settings,
  jwtSecret: string
): Composed {
  const orders = pick(facts, claim.order_ids)
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
  const view = claimRequestView({
    brand: settings.brand,
    storeName,
    claimant,
    orders: pick(listed, listedIds(orders, claim, settings)),
    orderCount: eligible.length,
    link: claimLink(claim, signClaimToken(claim, jwtSecret), settings),
    issuedAt: claim.token_issued_at,
    expiresAt: claim.expires_at,
  })
  const message: Message = {
    ...renderClaimRequest(view),
    from: settings.from,
    replyTo: settings.replyTo,
    to: claim.email,
    messageId: messageId(claim, settings.from.address),
  }
  return { type: "message", message }
}

/** The same for each attempt with the same link, so that mail systems see one mail. */
function messageId(claim: ClaimRow, from: string): string {
  const domain = from.slice(from.lastIndexOf("@") + 1)
  return `<${claim.id}.${claim.token_generation}@${domain}>`
}

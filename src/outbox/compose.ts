import type { Settings } from "../options/settings"
import type { ClaimRow } from "../rows/claims"
import { CustomerRow, loadCustomers } from "../rows/customers"
import type { Queryable } from "../rows/database"
import { FactsOf, loadListedOrders, loadOrderFacts } from "../rows/orders"
import { loadStoreName } from "../rows/store-name"
import type { OrderSource } from "../email/order-view"
import type { Renderer } from "../email/renderer"
import type { TextSource } from "../texts/texts"
import type { Message } from "../transports/transport"
import { composeNotice, listedInNotice } from "./compose-notice"
import { composeRequest, listedInRequest } from "./compose-request"

/** A claim's email, or why there is none. */
export type Composed =
  | { type: "message"; message: Message }
  /** There is nothing to say any more. */
  | { type: "withdrawn"; reason: string }
  /** It could not be rendered, or got no link: worth another attempt. */
  | { type: "broken"; reason: string }

/** What emails are composed with. */
export interface Composing {
  settings: Settings
  jwtSecret: string
  texts: TextSource
  renderer: Renderer
}

/** What the emails of a batch show, loaded in one go. */
export interface Loaded {
  factsOf: FactsOf
  listed: Map<string, OrderSource>
  claimants: Map<string, CustomerRow>
  storeName: string | undefined
}

/**
 * Composes the emails of a batch of claims: to a confirmed one belongs a notice,
 * to any other the request for it.
 *
 * @returns by claim id
 */
export async function composeEmails(
  db: Queryable,
  claims: ClaimRow[],
  composing: Composing
): Promise<Map<string, Composed>> {
  const loaded = await load(db, claims, composing.settings)
  const compose = async (claim: ClaimRow): Promise<Composed> => {
    try {
      return await (isNotice(claim)
        ? composeNotice(claim, loaded, composing)
        : composeRequest(claim, loaded, composing))
    } catch (error) {
      return { type: "broken", reason: String(error) }
    }
  }
  const composed = await Promise.all(claims.map(compose))
  return new Map(
    claims.map(({ id }, index) => [id, composed[index] as Composed])
  )
}

const isNotice = (claim: ClaimRow) => claim.status === "confirmed"

async function load(
  db: Queryable,
  claims: ClaimRow[],
  settings: Settings
): Promise<Loaded> {
  const [factsOf, claimants, storeName] = await Promise.all([
    loadOrderFacts(db, claims),
    loadCustomers(
      db,
      claims.map((claim) => claim.customer_id)
    ),
    settings.brand.name ?? loadStoreName(db),
  ])
  const listed = claims.flatMap((claim) => {
    const facts = factsOf(claim)
    return isNotice(claim)
      ? listedInNotice(facts, claim)
      : listedInRequest(facts, claim, settings)
  })
  return {
    factsOf,
    listed: await loadListedOrders(db, listed),
    claimants,
    storeName,
  }
}

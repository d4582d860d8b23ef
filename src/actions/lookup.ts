import type { LinkStatus } from "../claims/link-status"
import { OrderSource, TITLE_LENGTH } from "../email/order-view"
import { PersonView, personView } from "../email/person-view"
import { plainText } from "../email/plain-text"
import type { ExaminedClaim } from "./examine"

/** The details that a storefront's page may show to the holder of a link. */
export type ClaimLookup =
  | {
      /** `revertable`: the token takes a confirm back. */
      status: "open" | "revertable"
      /** The moment until which the link works; ISO 8601, UTC. */
      expires_at: string
      claimant: PersonView
      /** True if the claimant's account has the reader's own address. */
      own_address: boolean
      /** The time at which that account was opened, if `own_address`; ISO 8601, UTC. */
      account_opened_at: string | null
      /** True if only the claimant, logged in, can confirm: else it is a 401. */
      login_required: boolean
      /** The number of orders that would change hands. */
      order_count: number
      /** The first five of them. */
      orders: LookedUpOrder[]
    }
  /** For a link that cannot confirm any more, only its status. */
  | { status: Exclude<LinkStatus, "open" | "invalid"> }

export interface LookedUpOrder {
  display_id: number
  /** ISO 8601, UTC. */
  created_at: string
  /** The number of lines in the order. */
  item_count: number
  /** The first five of them. */
  items: { title: string; quantity: number }[]
}

/** Makes the response. Names and titles, which people wrote, are sanitized. */
export function lookUp(examined: ExaminedClaim): ClaimLookup {
  if (!("question" in examined)) return { status: examined.status }

  const { expiresAt, claimant, ownAddress, loginRequired, orderCount, orders } =
    examined.question
  return {
    status: examined.status,
    expires_at: expiresAt.toISOString(),
    claimant: personView(claimant),
    own_address: ownAddress,
    account_opened_at: ownAddress ? claimant.created_at.toISOString() : null,
    login_required: loginRequired,
    order_count: orderCount,
    orders: orders.map(lookedUp),
  }
}

function lookedUp(order: OrderSource): LookedUpOrder {
  return {
    display_id: order.display_id,
    created_at: order.created_at.toISOString(),
    item_count: order.item_count,
    items: order.items.map(({ title, quantity }) => ({
      title: plainText(title, TITLE_LENGTH),
      quantity,
    })),
  }
}

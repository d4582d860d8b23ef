import type { CheckedOptions } from "../options/schema"
import { BrandView, brandView } from "./brand-view"
import { formatDuration, formatMoment } from "./dates"
import { nameOrders, OrderSource, OrderView, orderView } from "./order-view"
import { Person, PersonView, personView } from "./person-view"

/** What the template of `claim-request` shows: finished text, still to be escaped. */
export interface ClaimRequestView {
  brand: BrandView
  claimant: PersonView
  /** The first of the orders. */
  orders: OrderView[]
  /** `order #1042`, or `3 orders`. */
  what: string
  is_one_order: boolean
  /** How many orders are not listed. */
  more_orders: number
  /** The page with the token. */
  link: string
  expires: { at: string; in: string }
}

/** What it is made from. */
export interface ClaimRequestFacts {
  brand: CheckedOptions["brand"]
  storeName: string | undefined
  claimant: Person
  orders: OrderSource[]
  orderCount: number
  link: string
  issuedAt: Date
  expiresAt: Date
}

/** Makes the view. Everything that people wrote is defused on the way. */
export function claimRequestView(facts: ClaimRequestFacts): ClaimRequestView {
  const { orders, orderCount, issuedAt, expiresAt } = facts
  const life = expiresAt.getTime() - issuedAt.getTime()
  return {
    brand: brandView(facts.brand, facts.storeName),
    claimant: personView(facts.claimant),
    orders: orders.map(orderView),
    what: nameOrders(orders, orderCount),
    is_one_order: orderCount === 1,
    more_orders: orderCount - orders.length,
    link: facts.link,
    expires: { at: formatMoment(expiresAt), in: formatDuration(life) },
  }
}

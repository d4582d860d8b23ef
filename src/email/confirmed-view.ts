import type { Party } from "../claims/claim"
import type { CheckedOptions } from "../options/schema"
import { BrandView, brandView } from "./brand-view"
import { formatMoment } from "./dates"
import { nameOrders, OrderSource, OrderView, orderView } from "./order-view"
import { maskedAddress, Person, PersonView, personView } from "./person-view"

/** What the template of `claim-confirmed` shows: finished text, still to be escaped. */
export interface ClaimConfirmedView {
  brand: BrandView
  /** Whether it goes to the orders' old address; else to the claimant. */
  to_recipient: boolean
  claimant: PersonView
  /** The orders' old address, masked. */
  recipient: string
  /** The first of the orders. */
  orders: OrderView[]
  /** `order #1042`, or `3 orders`. */
  what: string
  is_one_order: boolean
  /** How many orders are not listed. */
  more_orders: number
  confirmed_at: string
}

/** What it is made from. */
export interface ClaimConfirmedFacts {
  brand: CheckedOptions["brand"]
  storeName: string | undefined
  party: Party
  recipient: string
  claimant: Person
  orders: OrderSource[]
  orderCount: number
  confirmedAt: Date
}

/** Makes the view. Everything that people wrote is defused on the way. */
export function claimConfirmedView(
  facts: ClaimConfirmedFacts
): ClaimConfirmedView {
  const { orders, orderCount } = facts
  return {
    brand: brandView(facts.brand, facts.storeName),
    to_recipient: facts.party === "recipient",
    claimant: personView(facts.claimant),
    recipient: maskedAddress(facts.recipient),
    orders: orders.map(orderView),
    what: nameOrders(orders, orderCount),
    is_one_order: orderCount === 1,
    more_orders: orderCount - orders.length,
    confirmed_at: formatMoment(facts.confirmedAt),
  }
}

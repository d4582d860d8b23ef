import { BrandSettings, BrandView, brandView } from "./brand-view"
import { directionOf } from "../texts/locale"
import { OrderSource, OrderView, orderView } from "./order-view"
import type { Texts } from "../texts/texts"

/** What every message shows: finished text, still to be escaped. */
export interface MessageView {
  /** BCP 47: `de-AT`. */
  locale: string
  /** The direction of its script. */
  dir: "ltr" | "rtl"
  /** The side on which a line starts. */
  start: "left" | "right"
  /** The shop. */
  brand: BrandView
  /** The first ten of the orders. */
  orders: OrderView[]
  /** How many there are in all. */
  order_count: number
  /** How many of them are not listed. */
  more_orders: number
}

/** What the texts of every message are. */
export interface MessageTexts {
  /** The subject line. */
  subject: string
  /** What an inbox shows beside the subject. */
  preheader: string
  /** Opens the text part. */
  greeting: string
  /** The headline. */
  heading: string
  /** What it is about; the claimant stands below it. */
  intro: string
  /** `and 2 more orders`; empty if all are listed. */
  more_orders: string
  /** Asks those it does not concern. */
  not_you: string
}

/** What a message is made from. */
export interface MessageFacts {
  locale: string
  brand: BrandSettings
  storeName: string | undefined
  orders: OrderSource[]
  orderCount: number
}

/** Makes what all messages have in common. */
export function messageView(facts: MessageFacts, texts: Texts): MessageView {
  const { locale, orders, orderCount } = facts
  const dir = directionOf(locale)
  return {
    locale,
    dir,
    start: dir === "rtl" ? "right" : "left",
    brand: brandView(facts.brand, facts.storeName),
    orders: orders.map((order) => orderView(order, locale, texts)),
    order_count: orderCount,
    more_orders: orderCount - orders.length,
  }
}

/** The text for orders that are not listed; empty if all are. */
export function moreOrders(view: MessageView, texts: Texts): string {
  const count = view.more_orders
  return count > 0 ? texts("more_orders", { count }) : ""
}

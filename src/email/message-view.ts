import { isolated } from "./bidi"
import { BrandSettings, BrandView, brandView } from "./brand-view"
import { directionOf } from "../texts/locale"
import { OrderSource, OrderView, orderView } from "./order-view"
import type { Texts } from "../texts/texts"

/** The part of a view that all messages share: finished text, still to be escaped. */
export interface MessageView {
  /** BCP 47: `de-AT`. */
  locale: string
  /** The direction of its script. */
  dir: "ltr" | "rtl"
  /** The side on which a line starts. */
  start: "left" | "right"
  /** The shop. */
  brand: BrandView
  /** The first five of the orders. */
  orders: OrderView[]
  /** The number of orders in all. */
  order_count: number
  /** The number of orders that are not listed. */
  more_orders: number
}

/** The texts that all messages have. */
export interface MessageTexts {
  /** The subject line: the brand's name, if there is room for it, and the headline. */
  subject: string
  /** The preview text that an inbox shows beside the subject. */
  preheader: string
  /** Opens the text part. */
  greeting: string
  /** The headline. */
  heading: string
  /** The first sentence. It names the claimant by `claimant.label`, if at all. */
  intro: string
  /** `and 2 more orders`; empty if all are listed. */
  more_orders: string
  /** A question for readers whom the email does not concern. */
  not_you: string
}

/** The facts that a message is made from. */
export interface MessageFacts {
  locale: string
  brand: BrandSettings
  storeName: string | undefined
  orders: OrderSource[]
  orderCount: number
}

/** Makes the part of the view that all messages share. */
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

/** Mail programs cut longer subjects off (RFC 5322, section 2.1.1, counts the same). */
const SUBJECT_LENGTH = 78

/** Makes the subject line. A brand whose name is too long for it is in the mail itself. */
export function subjectLine(
  view: MessageView,
  heading: string,
  texts: Texts
): string {
  const subject = texts("subject", { brand: view.brand.name, heading })
  return [...subject].length < SUBJECT_LENGTH ? subject : heading
}

/** Makes a sentence that names the support address, if the shop has one. */
export function support(
  { brand, locale }: MessageView,
  key: "questions" | "write_to_us",
  texts: Texts
): string | undefined {
  const { support_email } = brand
  return support_email && texts(key, { email: isolated(support_email, locale) })
}

/** The text for orders that are not listed; empty if all are. */
export function moreOrders(view: MessageView, texts: Texts): string {
  const count = view.more_orders
  return count > 0 ? texts("more_orders", { count }) : ""
}

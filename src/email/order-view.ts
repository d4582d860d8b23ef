import { parseHttpUrl } from "../values/http-url"
import { formatDay } from "../texts/dates"
import { plainText } from "./plain-text"
import type { Texts } from "../texts/texts"

/** An order, as an email shows it. */
export interface OrderView {
  /** As the customer knows it: `#1042`. */
  number: string
  /** The day it was placed: `November 21, 2026`. */
  date: string
  /** `Order #1042 of November 21, 2026`. */
  title: string
  /** The first of its items. */
  items: OrderItemView[]
  /** How many items are not listed. */
  more_items: number
  /** `and 2 more items`; empty if all are listed. */
  more_items_text: string
}

export interface OrderItemView {
  /** As the catalogue had it. */
  title: string
  /** How many of it. */
  quantity: number
  /** An http(s) URL of the item's picture, if it has one. */
  thumbnail: string | undefined
}

/** What it is made from. */
export interface OrderSource {
  display_id: number
  created_at: Date
  items: { title: string; quantity: number; thumbnail: string | null }[]
  item_count: number
}

/** How much of a claim an email lists. */
export const LISTED_ORDERS = 10
export const LISTED_ITEMS = 5

export const TITLE_LENGTH = 120
const URL_LENGTH = 500

/** What a catalogue says is defused here. */
export function orderView(
  order: OrderSource,
  locale: string,
  texts: Texts
): OrderView {
  const number = `#${order.display_id}`
  const date = formatDay(order.created_at, locale)
  const count = order.item_count - order.items.length
  return {
    number,
    date,
    title: texts("order", { number, date }),
    items: order.items.map(({ title, quantity, thumbnail }) => ({
      title: plainText(title, TITLE_LENGTH),
      quantity,
      thumbnail: pictureUrl(thumbnail),
    })),
    more_items: count,
    more_items_text: count > 0 ? texts("more_items", { count }) : "",
  }
}

function pictureUrl(thumbnail: string | null): string | undefined {
  const url = parseHttpUrl(thumbnail)?.href
  return url && url.length <= URL_LENGTH ? url : undefined
}

/** What sentences about the orders are made with: a single one has its number. */
export function countOrders(orders: OrderSource[], count: number) {
  const [only] = orders
  return count === 1 && only
    ? { context: "single", number: `#${only.display_id}` }
    : { count }
}

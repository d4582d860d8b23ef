import { parseHttpUrl } from "../values/http-url"
import { formatDay } from "../texts/dates"
import { plainText } from "./plain-text"
import type { Texts } from "../texts/texts"

/** An order, as an email shows it. */
export interface OrderView {
  /** The number that the customer knows: `#1042`. */
  number: string
  /** The day on which it was placed: `November 21, 2026`. */
  date: string
  /** `Order #1042, November 21, 2026`. */
  title: string
  /** The first of its items. */
  items: OrderItemView[]
  /** The number of items that are not listed. */
  more_items: number
  /** `and 2 more items`; empty if all are listed. */
  more_items_text: string
}

export interface OrderItemView {
  /** The title, as it was in the catalog. */
  title: string
  /** The quantity ordered. */
  quantity: number
  /** The http(s) URL of the item's picture, if it has one. */
  thumbnail: string | undefined
}

/** The data that an order's view is made from. */
export interface OrderSource {
  display_id: number
  created_at: Date
  items: { title: string; quantity: number; thumbnail: string | null }[]
  item_count: number
}

/** The most orders, and items of each, that an email lists. */
export const LISTED_ORDERS = 5
export const LISTED_ITEMS = 5

export const TITLE_LENGTH = 120
const URL_LENGTH = 500

/** Makes the view of an order. Titles and picture URLs are sanitized. */
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

/** Makes the values for sentences about orders: the number of a single one, else the count. */
export function countOrders(orders: OrderSource[], count: number) {
  const [only] = orders
  return count === 1 && only
    ? { context: "single", number: `#${only.display_id}` }
    : { count }
}

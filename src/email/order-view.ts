import { formatDay } from "./dates"
import { plainText } from "./plain-text"

/** An order, as an email shows it. */
export interface OrderView {
  /** As the customer knows it: `#1042`. */
  number: string
  date: string
  items: { title: string; quantity: number }[]
  more_items: number
}

/** What it is made from. */
export interface OrderSource {
  display_id: number
  created_at: Date
  items: { title: string; quantity: number }[]
  item_count: number
}

/** How much of a claim an email lists. */
export const LISTED_ORDERS = 10
export const LISTED_ITEMS = 5

export const TITLE_LENGTH = 120

/** What a catalogue says is defused here. */
export function orderView(order: OrderSource): OrderView {
  return {
    number: `#${order.display_id}`,
    date: formatDay(order.created_at),
    items: order.items.map(({ title, quantity }) => ({
      title: plainText(title, TITLE_LENGTH),
      quantity,
    })),
    more_items: order.item_count - order.items.length,
  }
}

/** `order #1042`, or `3 orders`: as it stands in a sentence. */
export function nameOrders(orders: OrderSource[], count: number): string {
  return count === 1 && orders[0]
    ? `order #${orders[0].display_id}`
    : `${count} orders`
}

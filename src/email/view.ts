import { maskAddress } from "./address"
import type { CheckedOptions } from "../options/schema"
import { formatDay, formatDuration, formatMoment } from "./dates"
import { plainText } from "./plain-text"

/** What the template of `claim-request` shows: finished text, still to be escaped. */
export interface ClaimRequestView {
  brand: BrandView
  claimant: {
    /** The name they registered with; may be empty. */
    name: string
    /** Masked: the recipient learns who asks, not how to reach them. */
    email: string
  }
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

export interface BrandView {
  name: string
  url: string | undefined
  logo_url: string | undefined
  color: string
  /** What can be read on `color`. */
  text_color: string
  support_email: string | undefined
  address: string | undefined
}

export interface OrderView {
  /** As the customer knows it: `#1042`. */
  number: string
  date: string
  items: { title: string; quantity: number }[]
  more_items: number
}

/** What a view is made from. */
export interface ClaimRequestFacts {
  brand: CheckedOptions["brand"]
  storeName: string | undefined
  claimant: {
    email: string
    first_name: string | null
    last_name: string | null
  }
  orders: OrderSource[]
  orderCount: number
  link: string
  issuedAt: Date
  expiresAt: Date
}

export interface OrderSource {
  display_id: number
  created_at: Date
  items: { title: string; quantity: number }[]
  item_count: number
}

/** How much of a claim an email lists. */
export const LISTED_ORDERS = 10
export const LISTED_ITEMS = 5

const NAME_LENGTH = 60
const TITLE_LENGTH = 120
const ADDRESS_LENGTH = 80

/** Makes the view. Everything that people wrote is defused here. */
export function claimRequestView(facts: ClaimRequestFacts): ClaimRequestView {
  const { claimant, orders, orderCount, issuedAt, expiresAt } = facts
  const name = [claimant.first_name, claimant.last_name].filter(Boolean)
  const life = expiresAt.getTime() - issuedAt.getTime()
  return {
    brand: brandView(facts.brand, facts.storeName),
    claimant: {
      name: plainText(name.join(" "), NAME_LENGTH),
      email: plainText(maskAddress(claimant.email), ADDRESS_LENGTH),
    },
    orders: orders.map(orderView),
    what:
      orderCount === 1 && orders[0]
        ? `order #${orders[0].display_id}`
        : `${orderCount} orders`,
    is_one_order: orderCount === 1,
    more_orders: orderCount - orders.length,
    link: facts.link,
    expires: { at: formatMoment(expiresAt), in: formatDuration(life) },
  }
}

function orderView(order: OrderSource): OrderView {
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

function brandView(
  brand: CheckedOptions["brand"],
  storeName: string | undefined
): BrandView {
  return {
    name: plainText(brand.name ?? storeName, NAME_LENGTH) || "Our shop",
    url: brand.url,
    logo_url: brand.logo_url,
    color: brand.color,
    text_color: readableOn(brand.color),
    support_email: brand.support_email,
    address: brand.address,
  }
}

/** Black or white, whichever contrasts more (WCAG 2.1, relative luminance). */
function readableOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255
    return channel <= 0.03928
      ? channel / 12.92
      : ((channel + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return luminance > 0.179 ? "#000000" : "#ffffff"
}

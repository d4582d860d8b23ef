import type { Order } from "@medusajs/medusa"
import Medusa from "@medusajs/medusa-js"

/** One line of an order. */
export interface Item {
  variant_id: string
  quantity?: number
}

/** The checkout form of a guest. */
export interface GuestOrder {
  email: string
  /** @default one of the seed's first product */
  items?: Item[]
  firstName?: string
  lastName?: string
  /** Two letters, lower case. @default "de" */
  country?: string
  /** The context that the storefront records with the cart. @default { locale: "en" } */
  context?: Record<string, unknown>
  /** @default the store's own */
  salesChannelId?: string
}

/** Somebody's own client: what one does, no other sees. */
export const clientFor = (url: string, token?: string): Medusa =>
  new Medusa({
    baseUrl: url,
    maxRetries: 3,
    customHeaders: token ? { Authorization: `Bearer ${token}` } : {},
  })

async function anyItem(medusa: Medusa): Promise<Item> {
  const { products } = await medusa.products.list({ limit: 1 })
  const variant = products[0]?.variants[0]
  if (!variant?.id) {
    throw new Error("the store has no product to order")
  }
  return { variant_id: variant.id }
}

/**
 * Orders through the store API, as a storefront does.
 *
 * @param medusa - a guest's client, or a customer's for an order of theirs
 */
export async function placeOrder(
  medusa: Medusa,
  order: GuestOrder
): Promise<Order> {
  const { regions } = await medusa.regions.list()
  const country = order.country ?? "de"
  const items = order.items ?? [await anyItem(medusa)]
  const { cart } = await medusa.carts.create({
    region_id: regions[0]?.id,
    country_code: country,
    items: items.map((item) => ({ quantity: 1, ...item })),
    context: order.context ?? { locale: "en" },
    sales_channel_id: order.salesChannelId,
  })

  const address = {
    first_name: order.firstName ?? "Greta",
    last_name: order.lastName ?? "Guest",
    address_1: "Hauptstrasse 1",
    city: "Berlin",
    postal_code: "10115",
    country_code: country,
  }
  await medusa.carts.update(cart.id, {
    email: order.email,
    shipping_address: address,
    billing_address: address,
  })

  const { shipping_options } = await medusa.shippingOptions.listCartOptions(
    cart.id
  )
  const option = shipping_options[0]?.id
  if (!option) {
    throw new Error(`nothing is shipped to "${country}"`)
  }
  await medusa.carts.addShippingMethod(cart.id, { option_id: option })
  await medusa.carts.createPaymentSessions(cart.id)
  await medusa.carts.setPaymentSession(cart.id, { provider_id: "manual" })

  const completed = await medusa.carts.complete(cart.id)
  if (completed.type !== "order") {
    throw new Error(`the cart became no order: ${JSON.stringify(completed)}`)
  }
  return completed.data
}

/** Orders without an account. */
export const placeGuestOrder = (
  url: string,
  order: GuestOrder
): Promise<Order> => placeOrder(clientFor(url), order)

import type { Product, ProductStatus } from "@medusajs/medusa"
import type Medusa from "@medusajs/medusa-js"

import { clientFor } from "./guest"

/** The admin of the stock seed. */
export const adminLogin = {
  email: "admin@medusa-test.com",
  password: "supersecret",
}

/** Logs the shop's staff in with a client of their own. */
export async function loginAdmin(url: string): Promise<Medusa> {
  const { access_token } = await clientFor(url).admin.auth.getToken(adminLogin)
  return clientFor(url, access_token)
}

/**
 * Answers the dashboard's questionnaire about usage data for the admin of the seed: no,
 * thank you. The dashboard asks on the first visit of a user without such an answer.
 */
export async function declineUsageData(url: string): Promise<void> {
  const { client } = await loginAdmin(url)
  await client.request("POST", "/admin/analytics-configs", { opt_out: true })
}

/**
 * Creates a product that can be ordered at once.
 *
 * @param amount - in cents
 * @returns the product; its only variant is what `items` of an order take
 */
export async function createProduct(
  admin: Medusa,
  { title, amount = 1000 }: { title: string; amount?: number }
): Promise<Product> {
  const { store } = await admin.admin.store.retrieve()
  const { product } = await admin.admin.products.create({
    title,
    // titles may be odd, handles may not
    handle: `product-${Date.now()}-${Math.random().toString(36).slice(2)}`,
    status: "published" as ProductStatus,
    is_giftcard: false,
    discountable: true,
    sales_channels: store.default_sales_channel_id
      ? [{ id: store.default_sales_channel_id }]
      : [],
    options: [{ title: "Size" }],
    variants: [
      {
        title: "One size",
        inventory_quantity: 1000,
        manage_inventory: false,
        options: [{ value: "One size" }],
        prices: [{ currency_code: "eur", amount }],
      },
    ],
  })
  return product
}

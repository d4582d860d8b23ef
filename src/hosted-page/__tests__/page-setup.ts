import type { Question } from "../../actions/examine"
import type { CustomerRow } from "../../db/customers"
import { byId } from "../../db/pick"
import { storefrontOf } from "../../options/ask-storefront"
import type { Storefront } from "../../options/storefront"
import { parseOptions } from "../../options/settings"
import { TextSource } from "../../texts/texts"
import { Looks } from "../looks"
import { Pages } from "../pages"

/** The changes of a test to an ordinary shop. */
export interface PageSetup {
  brand?: Record<string, unknown>
  locale?: string
  token_param?: string
  storefront?: Storefront
}

const orderRow = (id: string) => ({
  id,
  sales_channel_id: `sc_of_${id}`,
  region_id: "reg_eu",
  currency_code: "eur",
  metadata: null,
})

export const TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl"

const texts = new TextSource()

/** Makes the pages of a shop; without `brand.name` they load the store's own name. */
export function pagesOf({ brand, ...options }: PageSetup = {}): Pages {
  const settings = parseOptions(
    {
      from: "shop@shop.example",
      brand: {
        name: "Hill & Valley",
        url: "https://shop.example",
        support_email: "help@shop.example",
        address: "Hill 1, Valley",
        ...brand,
      },
      ...options,
    },
    {}
  )
  const looks = new Looks({
    settings,
    storefront: storefrontOf(settings, {}),
    loadStoreName: () => Promise.resolve("The store's own name"),
    loadOrders: (ids) => Promise.resolve(byId(ids.map(orderRow))),
  })
  return new Pages({ settings, texts, looks })
}

export function questionWith(changes: {
  claimant?: Partial<CustomerRow>
  title?: string
  orderCount?: number
  ownAddress?: boolean
  loginRequired?: boolean
  hasPassword?: boolean
}): Question {
  return {
    expiresAt: new Date("2026-11-21T14:32:00Z"),
    claimant: {
      id: "cus_clara",
      email: "clara@example.com",
      first_name: "Clara",
      last_name: "Customer",
      has_account: true,
      created_at: new Date("2026-11-21T08:30:00Z"),
      ...changes.claimant,
    },
    ownAddress: changes.ownAddress ?? false,
    loginRequired: changes.loginRequired ?? false,
    hasPassword: changes.hasPassword ?? true,
    orderCount: changes.orderCount ?? 1,
    orders: [
      {
        display_id: 1042,
        created_at: new Date("2026-11-20T09:15:00Z"),
        items: [
          { title: changes.title ?? "Mug", quantity: 2, thumbnail: null },
          { title: "T-Shirt", quantity: 1, thumbnail: null },
        ],
        item_count: 3,
      },
    ],
  }
}

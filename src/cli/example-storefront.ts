import {
  StorefrontError,
  storefrontOf,
  StorefrontSettings,
} from "../options/ask-storefront"
import type { Settings } from "../options/settings"
import type { StorefrontAbout } from "../options/storefront"
import { exampleOrder } from "./example-orders"
import type { StoreConfig } from "./store-config"

/** Chooses the settings for an example, by the option `storefront` if it is set. */
export type ChooseSettings = (
  message: StorefrontAbout["message"],
  locale?: string
) => Promise<StorefrontSettings>

/**
 * Prepares the choice for one order, an example's or one of the store's.
 *
 * @throws in words if the order cannot be had
 */
export async function exampleStorefront(
  settings: Settings,
  projectConfig: StoreConfig["projectConfig"],
  orderId: string | undefined
): Promise<ChooseSettings> {
  const ask = storefrontOf(settings, NO_CONTAINER)
  if (!ask) {
    if (orderId === undefined) return () => Promise.resolve(settings)
    throw new Error(
      `--order ${orderId}: the option storefront is not set, so the emails of all orders are alike`
    )
  }
  const order = await exampleOrder(orderId, projectConfig)
  const claim = { ...EXAMPLE_CLAIM, order_ids: [order.id] }
  const chosen = new Map<string, Promise<StorefrontSettings>>()
  return (message, locale = settings.locale) => {
    const key = `${message} ${locale}`
    const choice =
      chosen.get(key) ??
      ask({ message, locale, claim, orders: [order] }).catch(
        inWords(orderId === undefined)
      )
    chosen.set(key, choice)
    return choice
  }
}

/** The claim of the examples. */
export const EXAMPLE_CLAIM = {
  id: "oclaim_example",
  customer_id: "cus_example",
}

/** Says how to name a real order, if the function knows no other. */
const inWords = (isExample: boolean) => (error: unknown) => {
  if (isExample && error instanceof StorefrontError) {
    error.message +=
      " (for an example order; pass one of yours with --order <id>)"
  }
  throw error
}

/** The container of a store that does not run. */
const NO_CONTAINER = new Proxy<Record<string, unknown>>(
  {},
  {
    get: (_, name) => {
      throw new Error(
        `the container has no ${String(name)} here: only in a store that runs`
      )
    },
  }
)

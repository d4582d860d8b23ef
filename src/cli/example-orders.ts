import { loadStorefrontOrders, storefrontOrder } from "../db/storefront-orders"
import type { StorefrontOrder } from "../options/storefront"
import { oneLine } from "./checks/finding"
import type { StoreConfig } from "./store-config"
import { storeDatabase } from "./store-database"

const EXAMPLE_ORDER: StorefrontOrder = {
  id: "order_example",
  sales_channel_id: "sc_example",
  region_id: "reg_example",
  currency_code: "eur",
  metadata: null,
}

/**
 * The order for which the commands call the option `storefront`.
 *
 * @param id - of an order of the store, which is read from its database; without it,
 * an example's
 * @throws in words if there is no such order
 */
export async function exampleOrder(
  id: string | undefined,
  projectConfig: StoreConfig["projectConfig"]
): Promise<StorefrontOrder> {
  if (id === undefined) return EXAMPLE_ORDER

  const opened = storeDatabase(projectConfig)
  if ("missing" in opened) {
    throw new Error(`--order ${id}: the database: ${opened.missing}`)
  }
  const orders = await loadStorefrontOrders(opened.database, [id]).catch(
    (error: unknown) => {
      throw new Error(
        `--order ${id}: the database cannot be queried (${oneLine(error)}): check projectConfig.database_url`
      )
    }
  )
  const order = orders.get(id)
  if (order) return storefrontOrder(order)
  throw new Error(
    `--order ${id}: the database has no such order; expected an id such as order_01HXYZ…`
  )
}

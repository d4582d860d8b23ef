import type { StorefrontOrder } from "../options/storefront"
import type { Queryable } from "./database"
import { byId } from "./pick"

/** An order as the option `storefront` gets it, its metadata still as text. */
export interface StorefrontOrderRow extends Omit<StorefrontOrder, "metadata"> {
  metadata: string | null
}

/**
 * Loads these orders, by id; deleted ones are left out.
 *
 * It reads the JSON of a row because orders have no column `sales_channel_id` if
 * sales channels are switched off.
 */
export async function loadStorefrontOrders(
  db: Queryable,
  orderIds: string[]
): Promise<Map<string, StorefrontOrderRow>> {
  const rows = await db.query<StorefrontOrderRow>(
    `SELECT id, to_jsonb("order")->>'sales_channel_id' AS sales_channel_id,
       region_id, currency_code, metadata::text AS metadata
     FROM "order" WHERE id = ANY($1)`,
    [orderIds]
  )
  return byId(rows)
}

/** Makes the order for one call, which may change it: two claims can share a row. */
export function storefrontOrder({
  metadata,
  ...row
}: StorefrontOrderRow): StorefrontOrder {
  return {
    ...row,
    metadata: JSON.parse(metadata ?? "null") as StorefrontOrder["metadata"],
  }
}

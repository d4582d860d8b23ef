import { DataSource, EntityManager } from "typeorm"

/** The shop's own pool, as Medusa opens it. */
export interface ShopPool {
  manager: EntityManager
  close(): Promise<void>
}

/**
 * Opens a pool as the shop has one.
 *
 * @param size - few connections, so that a test notices one that is missing
 */
export async function openShopPool(url: string, size = 1): Promise<ShopPool> {
  const source = new DataSource({
    type: "postgres",
    url,
    poolSize: size,
    installExtensions: false,
  })
  const { manager } = await source.initialize()
  return { manager, close: () => source.destroy() }
}

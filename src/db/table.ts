import type { Queryable } from "./database"

/** True if the plugin's migration has not run yet. */
export async function isTableMissing(db: Queryable): Promise<boolean> {
  const [row] = await db.query<{ found: string | null }>(
    "SELECT to_regclass('order_claim')::text AS found"
  )
  return !row?.found
}

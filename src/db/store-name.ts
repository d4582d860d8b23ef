import type { Queryable } from "./database"

/** The name of the store, as the admin knows it. */
export async function loadStoreName(
  db: Queryable
): Promise<string | undefined> {
  const [store] = await db.query<{ name: string }>(
    "SELECT name FROM store LIMIT 1"
  )
  return store?.name
}

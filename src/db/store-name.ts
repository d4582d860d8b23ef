import type { Queryable } from "./database"

/** Loads the name of the store, as set in the admin. */
export async function loadStoreName(
  db: Queryable
): Promise<string | undefined> {
  const [store] = await db.query<{ name: string }>(
    "SELECT name FROM store LIMIT 1"
  )
  return store?.name
}

import { createRequire } from "module"
import { join } from "path"
import type { Queryable } from "../db/database"
import type { StoreConfig } from "./store-config"

/** The part of `pg` that is used here; the package comes with Medusa. */
interface Pg {
  Client: new (settings: object) => {
    connect(): Promise<void>
    query(sql: string, parameters?: unknown[]): Promise<{ rows: unknown[] }>
    end(): Promise<void>
  }
}

const WITHIN_MS = 5000

/** Runs `work` on the store's database. */
export type OnDatabase = <T>(work: (db: Queryable) => Promise<T>) => Promise<T>

/**
 * Prepares the use of the store's database.
 *
 * @returns the reason in words if there is none, or if it cannot be asked from here
 */
export function databaseOf({
  database_url,
  database_type,
  database_extra,
}: StoreConfig["projectConfig"]):
  | { type: "ready"; run: OnDatabase }
  | { type: "wrong" | "skipped"; detail: string } {
  if (database_type && database_type !== "postgres") {
    const detail = `it is ${database_type}, and claims need PostgreSQL`
    return { type: "wrong", detail }
  }
  if (!database_url) {
    return { type: "skipped", detail: "projectConfig.database_url is not set" }
  }
  const pg = pgOfStore()
  if (!pg) {
    const detail =
      "cannot be checked without Medusa: install the store's packages first"
    return { type: "wrong", detail }
  }
  const settings = { ...database_extra, connectionString: database_url }
  return { type: "ready", run: (work) => onClient(pg, settings, work) }
}

async function onClient<T>(
  { Client }: Pg,
  settings: object,
  work: (db: Queryable) => Promise<T>
): Promise<T> {
  const client = new Client({
    ...settings,
    connectionTimeoutMillis: WITHIN_MS,
  })
  await client.connect()
  try {
    return await work({
      query: async <Row>(sql: string, parameters?: unknown[]) =>
        (await client.query(sql, parameters)).rows as Row[],
    })
  } finally {
    await client.end()
  }
}

/** Loads `pg` from the store's folder, or through Medusa if npm has not hoisted it. */
function pgOfStore(): Pg | undefined {
  const ofStore = createRequire(join(process.cwd(), "package.json"))
  try {
    return ofStore("pg") as Pg
  } catch {
    // not hoisted, or not installed
  }
  try {
    const medusa = ofStore.resolve("@medusajs/medusa/package.json")
    return createRequire(medusa)("pg") as Pg
  } catch {
    return undefined
  }
}

import { createRequire } from "module"
import { join } from "path"
import type { StoreConfig } from "../store-config"
import { Finding, oneLine } from "./finding"

/** The part of `pg` that is used here; the package comes with Medusa. */
interface Pg {
  Client: new (settings: object) => {
    connect(): Promise<void>
    query(sql: string): Promise<{ rows: { found: string | null }[] }>
    end(): Promise<void>
  }
}

const what = "database"
const WITHIN_MS = 5000

/** Checks that the plugin's table exists. */
export async function checkDatabase({
  database_url,
  database_type,
  database_extra,
}: StoreConfig["projectConfig"]): Promise<Finding> {
  if (database_type && database_type !== "postgres") {
    const detail = `it is ${database_type}, and claims need PostgreSQL`
    return { type: "wrong", what, detail }
  }
  if (!database_url) {
    return {
      type: "skipped",
      what,
      detail: "projectConfig.database_url is not set",
    }
  }
  const pg = pgOfStore()
  if (!pg) {
    const detail =
      "cannot be checked without Medusa: install the store's packages first"
    return { type: "wrong", what, detail }
  }
  try {
    const found = await findTable(pg, database_url, database_extra)
    return found
      ? { type: "fine", what, detail: "the table order_claim is there" }
      : {
          type: "wrong",
          what,
          detail:
            "the table order_claim is missing: run npx medusa migrations run",
        }
  } catch (error) {
    const detail = `cannot be queried (${oneLine(error)}): check projectConfig.database_url`
    return { type: "wrong", what, detail }
  }
}

async function findTable(
  { Client }: Pg,
  connectionString: string,
  extra: Record<string, unknown> | undefined
): Promise<boolean> {
  const client = new Client({
    ...extra,
    connectionString,
    connectionTimeoutMillis: WITHIN_MS,
  })
  await client.connect()
  try {
    const { rows } = await client.query(
      "SELECT to_regclass('order_claim')::text AS found"
    )
    return Boolean(rows[0]?.found)
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

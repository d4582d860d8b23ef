import { isTableMissing } from "../../db/table"
import type { StoreConfig } from "../store-config"
import { databaseOf } from "../store-database"
import { Finding, oneLine } from "./finding"

const what = "database"

/** Checks that the plugin's table exists. */
export async function checkDatabase(
  projectConfig: StoreConfig["projectConfig"]
): Promise<Finding> {
  const database = databaseOf(projectConfig)
  if (database.type !== "ready") return { what, ...database }
  try {
    return (await database.run(isTableMissing))
      ? {
          type: "wrong",
          what,
          detail:
            "the table order_claim is missing: run npx medusa migrations run",
        }
      : { type: "fine", what, detail: "the table order_claim is there" }
  } catch (error) {
    const detail = `cannot be queried (${oneLine(error)}): check projectConfig.database_url`
    return { type: "wrong", what, detail }
  }
}

import { isTableMissing } from "../../db/table"
import type { StoreConfig } from "../store-config"
import { storeDatabase } from "../store-database"
import { Finding, oneLine } from "./finding"

const what = "database"

/** Checks that the plugin's table exists. */
export async function checkDatabase(
  projectConfig: StoreConfig["projectConfig"]
): Promise<Finding> {
  const opened = storeDatabase(projectConfig)
  if ("missing" in opened) {
    const type = opened.isWrong ? "wrong" : "skipped"
    return { type, what, detail: opened.missing }
  }
  try {
    return (await isTableMissing(opened.database))
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

import { existsSync } from "node:fs"
import fs from "node:fs/promises"
import path from "node:path"

import { cache } from "./places"

/** The folder of the settings of Medusa's tools, instead of the user's own. */
export const settingsFolder = path.join(cache, "settings")

/**
 * Declines telemetry there. MEDUSA_DISABLE_TELEMETRY alone keeps a server from recording
 * events, but it would still start a process for each.
 */
export async function declineTelemetry(): Promise<void> {
  const file = path.join(settingsFolder, "medusa", "config.json")
  const settings = { telemetry: { enabled: false, machine_id: "a test" } }
  if (existsSync(file)) return
  await fs.mkdir(path.dirname(file), { recursive: true })
  await fs.writeFile(file, JSON.stringify(settings))
}

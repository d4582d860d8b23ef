import fs from "node:fs/promises"
import path from "node:path"

import { cache } from "./places"

/** The folder in which Medusa's tools keep their settings, not the user's own. */
export const settingsFolder = path.join(cache, "settings")

/**
 * Declines telemetry there. MEDUSA_DISABLE_TELEMETRY keeps a server from recording events,
 * but not from starting some twenty processes that would send them.
 */
export async function declineTelemetry(): Promise<void> {
  const file = path.join(settingsFolder, "medusa", "config.json")
  const settings = { telemetry: { enabled: false, machine_id: "a test" } }
  await fs.mkdir(path.dirname(file), { recursive: true })
  // A server that starts meanwhile must not read half of it.
  const whole = `${file}.${process.pid}`
  await fs.writeFile(whole, JSON.stringify(settings))
  await fs.rename(whole, file)
}

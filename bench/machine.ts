import os from "node:os"

import { query, databaseUrl } from "../integration-tests/stock-store"
import { version as medusa } from "@medusajs/medusa/package.json"
import { version as plugin } from "../package.json"
import type { Stage } from "./stage"

/** Describes the machine of the measurements, as list items. */
export async function machine({ postgresPort }: Stage): Promise<string[]> {
  const [row] = await query<{ server_version: string }>(
    databaseUrl(postgresPort, "postgres"),
    "SHOW server_version"
  )
  const cpus = os.cpus()
  const memory = Math.round(os.totalmem() / 1024 ** 3)
  return [
    `${cpus.length} × ${cpus[0]?.model.trim()}, ${memory} GB, ${os.type()} ${os.release()}`,
    `Node ${process.versions.node}, PostgreSQL ${row?.server_version}, Medusa ${medusa}, plugin ${plugin}`,
  ]
}

import fs from "node:fs/promises"
import path from "node:path"

import {
  buildTemplateDatabase,
  installStore,
  packPlugin,
  startPostgres,
  timed,
} from "../integration-tests/stock-store"
import { startSink, type Sink } from "./sink/sink"

/** The parts that all measurements share. */
export interface Stage {
  /** The installed store, with the plugin. */
  folder: string
  postgresPort: number
  sink: Sink
  stop(): Promise<void>
}

/**
 * Packs the plugin, installs it into the stock store, and starts PostgreSQL
 * (one that writes to disk as in production) and the mail server.
 */
export async function setStage(): Promise<Stage> {
  const folder = await installStore({ tarball: await packPlugin() })
  await takeAlong(folder)
  const postgres = await timed("Starting PostgreSQL", () =>
    startPostgres({ durable: true })
  )
  await buildTemplateDatabase(folder, postgres.port)
  const sink = await startSink()
  return {
    folder,
    postgresPort: postgres.port,
    sink,
    stop: async () => {
      await sink.stop()
      await postgres.stop()
    },
  }
}

/** Returns the folder of one of the bench's own plugins, for the store's `plugins`. */
export const pluginIn = (folder: string, name: "probe" | "recipe"): string =>
  path.join(folder, "bench", name)

/** Copies them into the store, so that they find Medusa and nodemailer there. */
async function takeAlong(folder: string): Promise<void> {
  for (const name of ["probe", "recipe"] as const) {
    const target = pluginIn(folder, name)
    await fs.rm(target, { recursive: true, force: true })
    await fs.cp(path.join(__dirname, name), target, { recursive: true })
  }
}

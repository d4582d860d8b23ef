import path from "node:path"

import { run } from "./command"
import { exampleStore, leaveWithParent, medusaCli } from "./places"
import { createDatabase, query } from "./postgres"
import { timed } from "./progress"
import { stockEnvironment, type StoreOptions } from "./store"

/** The name of the database every shop of a run is copied from. */
export const templateDatabase = "stock_store"

/**
 * Migrates and seeds one database the way a shop does, plugin included.
 *
 * @param folder - the installed store
 * @param port - of the PostgreSQL server
 * @param options - its name; a store without the plugin passes `pluginOptions:
 * false`, one with a command line of its own passes `cli`
 * @throws with what the commands printed: `medusa migrations` ends with 0 also
 * when it could not run
 */
export async function buildTemplateDatabase(
  folder: string,
  port: number,
  {
    name = templateDatabase,
    cli = medusaCli,
    ...options
  }: Pick<StoreOptions, "pluginOptions" | "cli"> & { name?: string } = {}
): Promise<void> {
  const url = await createDatabase(port, { name })
  const medusa = (...args: string[]) =>
    run({
      line: [process.execPath, ...leaveWithParent, cli, ...args],
      cwd: folder,
      // seeding does not end on a Redis bus: always the local one
      env: stockEnvironment({ ...options, databaseUrl: url, bus: "local" }),
    })
  const migrating = await timed("Migrating the template database", () =>
    medusa("migrations", "run")
  )
  await expectRow(url, `SELECT FROM migrations`, migrating)
  const seeding = await timed("Seeding it", () =>
    medusa("seed", "-f", path.join(exampleStore, "data", "seed.json"))
  )
  await expectRow(url, `SELECT FROM product`, seeding)
}

async function expectRow(url: string, sql: string, printed: string) {
  const rows = await query(url, sql).catch(() => [])
  if (rows.length === 0) {
    throw new Error(`the template database is not complete:\n${printed}`)
  }
}

import { buildTemplateDatabase } from "./template-database"
import { installStore } from "./install"
import { packPlugin } from "./pack"
import { startPostgres } from "./postgres"

/** The parts that every shop of a run is made from. */
export interface Harness {
  /** The packed plugin. */
  tarball: string
  /** The installed store. */
  folder: string
  /** The port of the PostgreSQL server. */
  postgresPort: number
}

const variable = "ORDER_CLAIM_HARNESS"

/**
 * Packs the plugin, installs the stock store with it, starts PostgreSQL and
 * builds the template database.
 *
 * @returns the parts that shops are made from, and a way to stop them
 */
export async function startHarness(): Promise<
  Harness & { stop(): Promise<void> }
> {
  // the store that gets the plugin is installed while that is built
  const [tarball] = await Promise.all([packPlugin(), installStore()])
  const folder = await installStore({ tarball })
  const postgres = await startPostgres()
  try {
    await buildTemplateDatabase(folder, postgres.port)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  const harness = { tarball, folder, postgresPort: postgres.port }
  process.env[variable] = JSON.stringify(harness)
  return { ...harness, stop: () => postgres.stop() }
}

/** The harness of this run, for specs and whatever else runs in it. */
export function theHarness(): Harness {
  const harness = process.env[variable]
  if (!harness) {
    throw new Error(
      "no harness: run the spec with `npx jest --selectProjects store`"
    )
  }
  return JSON.parse(harness) as Harness
}

import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"

import {
  createDatabase,
  progress,
  startStore,
  templateDatabase,
} from "../../integration-tests/stock-store"
import { now } from "../clock"
import { median, medianOf, show } from "../numbers"
import { storeOptions, type Mailer } from "../server"
import type { Stage } from "../stage"
import type { Row } from "../table"
import { eachRun, type Setting } from "./measure"

/** The most that the plugin may add to a server's start, in ms. */
const MOST_ADDED = 100

/** The times of two boots, one after the other, in ms. */
interface BootPair {
  with: number
  without: number
}

/** (5) The time that the plugin adds to a server's start. */
export async function measureLoad({
  stage,
  sizes,
  runs,
}: Setting): Promise<Row[]> {
  const databaseUrl = await createDatabase(stage.postgresPort, {
    template: templateDatabase,
  })
  // The first boots read files from the disk.
  await bootPair(stage, databaseUrl, 0)
  const results = await eachRun(runs, async (run) => {
    const loads = await eachRun(sizes.loads, () => loadTime(stage))
    const boots = await eachRun(sizes.boots, (boot) =>
      bootPair(stage, databaseUrl, boot)
    )
    progress(
      `  run ${run}: loaded in ${show(median(loads))} ms; boots later by ${boots.map((pair) => show(added(pair))).join(", ")} ms`
    )
    return { load: median(loads), boots }
  })
  const load = medianOf(results, (result) => result.load)
  const boots = results.flatMap((result) => result.boots)
  const later = medianOf(boots, added)
  return [
    {
      what: "loading the plugin, Medusa loaded already",
      cells: { plugin: `${show(load)} ms` },
      verdict: { expected: "under 100 ms", isMet: load < 100 },
    },
    {
      what: "boot of the server",
      cells: {
        plugin: `${show(medianOf(boots, (pair) => pair.with))} ms`,
        without: `${show(medianOf(boots, (pair) => pair.without))} ms`,
      },
    },
    {
      what: "boot later than without the plugin",
      cells: { plugin: `${show(later)} ms` },
      verdict: {
        expected: `at most ${MOST_ADDED} ms later`,
        isMet: later <= MOST_ADDED,
      },
    },
  ]
}

const added = (pair: BootPair): number => pair.with - pair.without

/**
 * Boots the store with and without the plugin. Every other pair begins with the plugin:
 * whatever slows the second boot of a pair slows both kinds equally often.
 */
async function bootPair(
  stage: Stage,
  databaseUrl: string,
  boot: number
): Promise<BootPair> {
  const withPlugin = () => bootTime(stage, databaseUrl, { type: "plugin" })
  const without = () => bootTime(stage, databaseUrl, { type: "nobody" })
  if (boot % 2 === 0) {
    return { without: await without(), with: await withPlugin() }
  }
  return { with: await withPlugin(), without: await without() }
}

/** Loads the plugin in a process of its own, where no part of it is loaded yet. */
async function loadTime({ folder }: Stage): Promise<number> {
  const script = path.join(__dirname, "../load/load-plugin.js")
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    cwd: folder,
  })
  return Number(stdout.trim().split("\n").pop())
}

/** Measures the time from the command to the first response. */
async function bootTime(
  stage: Stage,
  databaseUrl: string,
  mailer: Mailer
): Promise<number> {
  const options = storeOptions(stage, mailer)
  const start = now()
  const store = await startStore({
    ...options,
    databaseUrl,
    extraPlugins: [],
  })
  const took = now() - start
  await store.stop()
  return took
}

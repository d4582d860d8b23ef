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

/** (5) The time that the plugin adds to a server's start. */
export async function measureLoad({
  stage,
  sizes,
  runs,
}: Setting): Promise<Row[]> {
  const databaseUrl = await createDatabase(stage.postgresPort, {
    template: templateDatabase,
  })
  const results = await eachRun(runs, async (run) => {
    const loads = await eachRun(sizes.loads, () => loadTime(stage))
    const result = {
      load: median(loads),
      with: await bootTime(stage, databaseUrl, { type: "plugin" }),
      without: await bootTime(stage, databaseUrl, { type: "nobody" }),
    }
    progress(
      `  run ${run}: loaded in ${show(result.load)} ms; boot ${show(result.with)} ms, without ${show(result.without)} ms`
    )
    return result
  })
  const load = medianOf(results, (result) => result.load)
  const boot = medianOf(results, (result) => result.with)
  const bootWithout = medianOf(results, (result) => result.without)
  return [
    {
      what: "loading the plugin, Medusa loaded already",
      cells: { plugin: `${show(load)} ms` },
      verdict: { expected: "under 100 ms", isMet: load < 100 },
    },
    {
      what: "boot of the server",
      cells: {
        plugin: `${show(boot)} ms`,
        without: `${show(bootWithout)} ms`,
      },
    },
  ]
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

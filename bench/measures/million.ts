import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"

import {
  createDatabase,
  fillClaims,
  progress,
  query,
  templateDatabase,
  timed,
} from "../../integration-tests/stock-store"
import { medianSpread, show, spreadOf, type Spread } from "../numbers"
import { dropDatabase } from "../server"
import type { Row } from "../table"
import { eachRun, type Setting } from "./measure"

/** The time under which each list and each check has to stay, in ms. */
const MOST = 50

/** The duration of each list and each check, by its name. */
type Spreads = Record<string, Spread>

/** (7) The lists and the checks of a shop with a million claims. */
export async function measureMillion({
  stage,
  sizes,
  runs,
}: Setting): Promise<Row[]> {
  const databaseUrl = await createDatabase(stage.postgresPort, {
    template: templateDatabase,
  })
  const many = await timed(`Filling in ${show(sizes.claims)} claims`, () =>
    fillClaims(databaseUrl, sizes.claims)
  )
  await query(databaseUrl, "VACUUM ANALYZE")
  const task = JSON.stringify({ databaseUrl, many, reads: sizes.reads })
  const results = await eachRun(runs, async (run) => {
    const spreads = await timeClaims(stage.folder, task)
    const slowest = Math.max(...Object.values(spreads).map(({ max }) => max))
    progress(`  run ${run}: all within ${show(slowest)} ms`)
    return spreads
  })
  await dropDatabase(stage, databaseUrl)

  return Object.keys(results[0] ?? {}).map((name) => {
    const spreads = results.flatMap((spreads) => spreads[name] ?? [])
    const { p50, max } = medianSpread(spreads)
    return {
      what: `among ${show(sizes.claims)} claims: ${name}: p50 / max`,
      cells: { plugin: `${show(p50)} / ${show(max)} ms` },
      verdict: { expected: `under ${MOST} ms`, isMet: max < MOST },
    }
  })
}

/** Times them in a process of its own: the plugin's code, as it is installed. */
async function timeClaims(folder: string, task: string): Promise<Spreads> {
  const script = path.join(__dirname, "../million/time-claims.js")
  const running = promisify(execFile)(process.execPath, [script], {
    cwd: folder,
  })
  running.child.stdin?.end(task)
  const { stdout } = await running
  const times = JSON.parse(stdout) as Record<string, number[]>
  return Object.fromEntries(
    Object.entries(times).map(([name, values]) => [name, spreadOf(values)])
  )
}

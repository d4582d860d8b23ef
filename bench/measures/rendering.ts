import { execFile } from "node:child_process"
import path from "node:path"
import { promisify } from "node:util"

import { progress } from "../../integration-tests/stock-store"
import { medianOf, show } from "../numbers"
import type { Row } from "../table"
import { eachRun, type Setting } from "./measure"

const ways = ["plugin", "reactEmail", "mjml"] as const

interface Rendering {
  perSecond: number
  p50: number
  p99: number
}

/** (8) The time that rendering the email of one order takes. */
export async function measureRendering({
  stage,
  sizes,
  runs,
}: Setting): Promise<Row[]> {
  const plugin = path.join(
    stage.folder,
    "node_modules/medusa-plugin-order-claim"
  )
  const results = await eachRun(runs, async (run) => {
    const result = {} as Record<(typeof ways)[number], Rendering>
    for (const way of ways) {
      result[way] = await render(way, sizes.renderings, plugin)
    }
    progress(
      `  run ${run}: ${ways.map((way) => `${way} ${show(result[way].perSecond)}/s`).join(", ")}`
    )
    return result
  })
  const each = (
    print: (median: (read: (r: Rendering) => number) => number) => string
  ) =>
    Object.fromEntries(
      ways.map((way) => [
        way,
        print((read) => medianOf(results, (result) => read(result[way]))),
      ])
    )
  const p99 = medianOf(results, ({ plugin }) => plugin.p99)
  return [
    {
      what: "emails rendered per second, one order",
      cells: each((median) => `${show(median((r) => r.perSecond))}/s`),
    },
    {
      what: "rendering one: p50 / p99",
      cells: each(
        (median) =>
          `${precise(median((r) => r.p50))} / ${precise(median((r) => r.p99))} ms`
      ),
      verdict: { expected: "p99 under 1 ms", isMet: p99 < 1 },
    },
  ]
}

const precise = (ms: number) => ms.toFixed(ms < 10 ? 2 : 0)

/** Renders in a process of its own, so that each renderer has only its own garbage. */
async function render(
  way: string,
  times: number,
  plugin: string
): Promise<Rendering> {
  const script = path.join(__dirname, "../rendering/render.js")
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [script, way, String(times), plugin],
    { env: { ...process.env, NODE_ENV: "production" } }
  )
  return JSON.parse(stdout) as Rendering
}

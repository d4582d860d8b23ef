import { progress } from "../../integration-tests/stock-store"
import { gather, letGo, letGoUnheard, warmUp } from "../burst"
import { median, show } from "../numbers"
import type { Memory } from "../probe-client"
import type { Mailer, Server } from "../server"
import type { Row } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** The memory around one burst; `before` and `after` are measured after a collection. */
interface Observed {
  before: Memory
  peak: Memory
  after: Memory
}

const moments = ["before", "peak", "after"] as const
const kinds = { rss: "RSS", heapUsed: "heap" } as const

/** The memory of one burst in stores with and without the plugin, once per run. */
interface Observations {
  plugin: Observed[]
  without: Observed[]
}

const MB = 1024 * 1024

/** (4) The memory of the server before, during and after two bursts. */
export async function measureMemory(setting: Setting): Promise<Row[]> {
  const runs = await eachRun(setting.runs, async (run) => {
    const plugin = await observe(setting, { type: "plugin" })
    const without = await observe(setting, { type: "nobody" })
    const cells = plugin.map((one) => cell([one], "rss"))
    progress(`  run ${run}, RSS: ${cells.join(", then ")}`)
    return { plugin, without }
  })
  const ofSize = (size: number): Observations => ({
    plugin: runs.flatMap(({ plugin }) => plugin[size] ?? []),
    without: runs.flatMap(({ without }) => without[size] ?? []),
  })
  const [small, large] = [ofSize(0), ofSize(1)]

  const rows = (["rss", "heapUsed"] as const).flatMap((kind) =>
    [small, large].map(({ plugin, without }, size): Row => ({
      what: `${kinds[kind]}, ${show(setting.sizes.memory[size] ?? 0)} at once: before / peak / after`,
      cells: { plugin: cell(plugin, kind), without: cell(without, kind) },
    }))
  )
  return [...rows, flatness(small, large)]
}

/** The memory that ten times the claims need, beyond what core needs. */
function flatness(small: Observations, large: Observations): Row {
  const grows = (when: keyof Observed, kind: keyof Memory) => {
    const [plugin, without] = (["plugin", "without"] as const).map(
      (who) =>
        megabytes(large[who], when, kind) - megabytes(small[who], when, kind)
    ) as [number, number]
    return plugin - without
  }
  const heap = grows("after", "heapUsed")
  const peak = grows("peak", "rss")
  return {
    what: "more from the large burst than core itself: held heap / peak RSS",
    cells: { plugin: `${show(heap)} / ${show(peak)} MB` },
    verdict: {
      expected: "flat: under 10 / 100 MB",
      isMet: heap < 10 && peak < 100,
    },
  }
}

const observe = (
  { stage: { sink }, stage, sizes }: Setting,
  mailer: Mailer
): Promise<Observed[]> =>
  withServer(stage, mailer, async (server) => {
    const isHeard = mailer.type !== "nobody"
    if (isHeard) await warmUp(server, sink)
    const observed: Observed[] = []
    for (const count of sizes.memory) {
      // The requests cost core memory, too, which is not measured here.
      const gathered = await gather(server, count)
      const happens = isHeard
        ? () => letGo(server, sink, gathered)
        : () => letGoUnheard(server, gathered)
      observed.push(await around(server, happens))
    }
    return observed
  })

async function around(
  { probe }: Server,
  happens: () => Promise<unknown>
): Promise<Observed> {
  const before = await probe.memoryHeld()
  await probe.startMemory()
  await happens()
  const peak = await probe.memoryPeak()
  return { before, peak, after: await probe.memoryHeld() }
}

const megabytes = (
  observed: Observed[],
  when: keyof Observed,
  kind: keyof Memory
): number => median(observed.map((one) => one[when][kind])) / MB

const cell = (observed: Observed[], kind: keyof Memory): string =>
  moments.map((when) => show(megabytes(observed, when, kind))).join(" / ") +
  " MB"

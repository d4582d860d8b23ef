import { progress } from "../../integration-tests/stock-store"
import { bareBurst } from "../bare/bare"
import { burst, perSecond, warmUp, type Burst } from "../burst"
import { median, medianOf, show } from "../numbers"
import { columns, senders, type Sender, type Row, type Verdict } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** One burst of each size. */
type Series = Burst[]

/** The bursts of one run. */
interface Run {
  series: Record<Sender, Series>
  /** The first burst of the plugin's server, which has mailed nothing before. */
  first: Burst
  /** As large as the first, after all others: V8 has compiled what it can. */
  last: Burst
}

const contestants: Record<
  Exclude<Sender, "plugin">,
  (setting: Setting) => Promise<Series>
> = {
  direct: (setting) => bareSeries(setting, true),
  bare: (setting) => bareSeries(setting, false),
  recipe: ({ stage, letter, sizes }) =>
    each(sizes.bursts, (count) =>
      // A new server each time: the rest of one burst would join the next.
      withServer(stage, { type: "recipe", letter }, async (server) => {
        await warmUp(server, stage.sink)
        return burst(server, stage.sink, count)
      })
    ),
}

/** (1) Claims per second, from the event to the mail server's acceptance. */
export async function measureBursts(setting: Setting): Promise<Row[]> {
  const runs = await eachRun(setting.runs, async (run): Promise<Run> => {
    const { first, series: plugin, last } = await pluginBursts(setting)
    report(run, "plugin, just started", [first])
    report(run, columns.plugin, [...plugin, last])
    const series = { plugin } as Record<Sender, Series>
    for (const name of senders) {
      if (name === "plugin") continue
      series[name] = await contestants[name](setting)
      report(run, columns[name], series[name])
    }
    return { series, first, last }
  })
  const { bursts, firstBurst } = setting.sizes
  const of = (count: number) => (name: Sender) =>
    runs.flatMap(({ series }) => series[name][bursts.indexOf(count)] ?? [])
  const what = `claims per second, ${show(firstBurst)} at once`
  const before = bursts.reduce((sum, count) => sum + count, firstBurst)
  const direct = of(firstBurst)("direct")
  const own = (name: string, some: Burst[], least: number): Row => ({
    what: `${what}, ${name}`,
    cells: { plugin: cell(some), direct: cell(direct) },
    verdict: shareOf(some, direct, least),
  })
  return [
    ...bursts.map((count) => row(count, of(count))),
    own(
      "server just started",
      runs.map(({ first }) => first),
      0.4
    ),
    own(
      `server that has mailed ${show(before)}`,
      runs.map(({ last }) => last),
      0.7
    ),
  ]
}

/** The bursts of one server: first as it starts, then warmed up. */
function pluginBursts({ stage, sizes }: Setting): Promise<{
  first: Burst
  series: Series
  last: Burst
}> {
  return withServer(stage, { type: "plugin" }, async (server) => {
    const measure = (count: number) => burst(server, stage.sink, count)
    const first = await measure(sizes.firstBurst)
    await warmUp(server, stage.sink)
    const series = await each(sizes.bursts, measure)
    return { first, series, last: await measure(sizes.firstBurst) }
  })
}

function report(run: number, name: string, bursts: Burst[]): void {
  const came = bursts.map(
    ({ asked, arrived, seconds }) =>
      `${show(arrived)} of ${show(asked)} in ${show(seconds)} s`
  )
  progress(`  run ${run}, ${name}: ${came.join("; ")}`)
}

function row(count: number, of: (name: Sender) => Burst[]): Row {
  const cells = Object.fromEntries(
    senders.map((name) => [name, cell(of(name))])
  )
  const what = `claims per second, ${show(count)} at once`
  return count === 1000
    ? { what, cells, verdict: shareOf(of("plugin"), of("direct"), 0.7) }
    : { what, cells }
}

/** The share of nodemailer's own rate. */
function shareOf(plugin: Burst[], direct: Burst[], least: number): Verdict {
  const share = medianOf(plugin, perSecond) / medianOf(direct, perSecond)
  return {
    expected: `at least ${least} of nodemailer's own rate: ${share.toFixed(2)}`,
    isMet: share >= least,
  }
}

/** Formats the rate, and the mails that are missing or arrived twice. */
function cell(bursts: Burst[]): string {
  const missing = median(bursts.map(({ asked, arrived }) => asked - arrived))
  const twice = median(bursts.map(({ mails, arrived }) => mails - arrived))
  return [
    `${show(medianOf(bursts, perSecond))}/s`,
    ...(missing > 0 ? [`${show(missing)} did not arrive`] : []),
    ...(twice > 0 ? [`${show(twice)} came twice`] : []),
  ].join("; ")
}

const bareSeries = (
  { stage, letter, sizes }: Setting,
  noDelay: boolean
): Promise<Series> =>
  each(sizes.bursts, (count) =>
    bareBurst(stage.sink, { noDelay, letter, count })
  )

async function each<T>(
  counts: number[],
  measure: (count: number) => Promise<T>
): Promise<T[]> {
  const results: T[] = []
  for (const count of counts) {
    results.push(await measure(count))
  }
  return results
}

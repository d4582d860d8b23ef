import { progress } from "../../integration-tests/stock-store"
import { bareBurst } from "../bare/bare"
import { burst, perSecond, warmUp, type Burst } from "../burst"
import { median, medianOf, show } from "../numbers"
import { columns, senders, type Sender, type Row, type Verdict } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** One burst of each size. */
type Series = Burst[]

const contestants: Record<Sender, (setting: Setting) => Promise<Series>> = {
  plugin: ({ stage, sizes }) =>
    withServer(stage, { type: "plugin" }, async (server) => {
      await warmUp(server, stage.sink)
      return each(sizes.bursts, (count) => burst(server, stage.sink, count))
    }),
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
  const runs = await eachRun(setting.runs, async (run) => {
    const results = {} as Record<Sender, Series>
    for (const name of senders) {
      results[name] = await contestants[name](setting)
      const came = results[name].map(
        ({ asked, arrived, seconds }) =>
          `${show(arrived)} of ${show(asked)} in ${show(seconds)} s`
      )
      progress(`  run ${run}, ${columns[name]}: ${came.join("; ")}`)
    }
    return results
  })
  return setting.sizes.bursts.map((count, size) => {
    const of = (name: Sender) =>
      runs.flatMap((results) => results[name][size] ?? [])
    return row(count, of)
  })
}

function row(count: number, of: (name: Sender) => Burst[]): Row {
  const cells = Object.fromEntries(
    senders.map((name) => [name, cell(of(name))])
  )
  const rate = (name: Sender) => medianOf(of(name), perSecond)
  const verdict: Verdict = {
    expected: "at least half of nodemailer's own rate",
    isMet: rate("plugin") >= rate("direct") / 2,
  }
  return {
    what: `claims per second, ${show(count)} at once`,
    cells,
    ...(count === 1000 ? { verdict } : {}),
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

import { progress } from "../../integration-tests/stock-store"
import { bareLatencies } from "../bare/bare"
import { warmUp } from "../burst"
import { pause } from "../clock"
import { medianSpread, show, spreadOf, type Spread } from "../numbers"
import type { Mailer } from "../server"
import { columns, senders, type Sender, type Row } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** The pause between two claims, in ms: each finds the server at rest. */
const PAUSE = 50

const contestants: Record<Sender, (setting: Setting) => Promise<number[]>> = {
  plugin: (setting) => claimLatencies(setting, { type: "plugin" }),
  direct: ({ stage, letter, sizes }) =>
    bareLatencies(stage.sink, {
      ...{ letter, noDelay: true, count: sizes.singles, pause: PAUSE },
    }),
  bare: ({ stage, letter, sizes }) =>
    bareLatencies(stage.sink, {
      ...{ letter, noDelay: false, count: sizes.singles, pause: PAUSE },
    }),
  recipe: (setting) =>
    claimLatencies(setting, { type: "recipe", letter: setting.letter }),
}

/** (2) The time from the bus to the mail server's acceptance, one claim at a time. */
export async function measureLatency(setting: Setting): Promise<Row[]> {
  const runs = await eachRun(setting.runs, async (run) => {
    const results = {} as Record<Sender, Spread>
    for (const name of senders) {
      const latencies = await contestants[name](setting)
      results[name] = spreadOf(latencies)
      progress(`  run ${run}, ${columns[name]}: ${cell(results[name])}`)
    }
    return results
  })
  const of = (name: Sender) => medianSpread(runs.map((run) => run[name]))
  return [
    {
      what: "event to acceptance, one at a time: p50 / p99",
      cells: Object.fromEntries(senders.map((name) => [name, cell(of(name))])),
      verdict: {
        expected: "p50 under 20 ms",
        isMet: of("plugin").p50 < 20,
      },
    },
  ]
}

const cell = ({ p50, p99 }: Spread): string => `${show(p50)} / ${show(p99)} ms`

const claimLatencies = (
  { stage: { sink }, stage, sizes }: Setting,
  mailer: Mailer
): Promise<number[]> =>
  withServer(stage, mailer, async (server) => {
    await warmUp(server, sink)
    const { domain, guests } = await server.newGuests(sizes.singles)
    const latencies: number[] = []
    for (const [index, guest] of guests.entries()) {
      const { at } = await server.handOver([guest])
      const { accepted } = await sink.arrived(domain, index + 1, 20_000)
      latencies.push((accepted[guest.email] ?? Infinity) - at)
      await pause(PAUSE)
    }
    return latencies
  })

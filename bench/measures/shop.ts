import { progress } from "../../integration-tests/stock-store"
import { warmUp } from "../burst"
import { now, pause } from "../clock"
import { medianSpread, show, spreadOf, type Spread } from "../numbers"
import type { Mailer, Server } from "../server"
import type { Row } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** Claims that meet the slow mail server: more than the shop has connections. */
const CLAIMS = 40

/** The pause between two visitors, in ms, even if the first is not served yet. */
const VISIT_EVERY = 50

interface Watched {
  idle: Spread
  slow: Spread
}

/** (3) The shop's product page while its mail server is slow. */
export async function measureShop(setting: Setting): Promise<Row[]> {
  const runs = await eachRun(setting.runs, async (run) => {
    const { letter } = setting
    const plugin = await watch(setting, { type: "plugin" })
    progress(`  run ${run}, plugin: ${cell(plugin.idle)}, ${cell(plugin.slow)}`)
    const recipe = await watch(setting, { type: "recipe", letter })
    progress(`  run ${run}, recipe: ${cell(recipe.idle)}, ${cell(recipe.slow)}`)
    return { plugin, recipe }
  })
  const row = (what: string, when: keyof Watched): Row => ({
    what: `${what}: p50 / p99 / max`,
    cells: {
      plugin: cell(medianSpread(runs.map(({ plugin }) => plugin[when]))),
      recipe: cell(medianSpread(runs.map(({ recipe }) => recipe[when]))),
    },
  })
  const p99 = (when: keyof Watched) =>
    medianSpread(runs.map(({ plugin }) => plugin[when])).p99
  return [
    row("GET /store/products, idle", "idle"),
    {
      ...row(
        `GET /store/products, ${CLAIMS} claims and ${setting.sizes.slowMail / 1000} s per mail`,
        "slow"
      ),
      verdict: {
        expected: "p99 within 2× of idle, or under 100 ms",
        isMet: p99("slow") <= 2 * p99("idle") || p99("slow") < 100,
      },
    },
  ]
}

const cell = ({ p50, p99, max }: Spread): string =>
  `${show(p50)} / ${show(p99)} / ${show(max)} ms`

const watch = (
  { stage: { sink }, stage, sizes }: Setting,
  mailer: Mailer
): Promise<Watched> =>
  withServer(stage, mailer, async (server) => {
    await warmUp(server, sink)
    await visitUntil(server, pause(1000))
    const idle = await visitUntil(server, pause(sizes.idle))

    const { domain, guests } = await server.newGuests(CLAIMS)
    await sink.setDelay(sizes.slowMail)
    try {
      await server.handOver(guests)
      // The time for one mail after the other, and two seconds to spare.
      const within = CLAIMS * sizes.slowMail + 2000
      const arrived = sink.arrived(domain, CLAIMS, within)
      return {
        idle: spreadOf(idle),
        slow: spreadOf(await visitUntil(server, arrived)),
      }
    } finally {
      await sink.setDelay(0)
    }
  })

/** Visits the shop at a steady pace; a visitor who waits does not hold up the next. */
async function visitUntil(
  server: Server,
  end: Promise<unknown>
): Promise<number[]> {
  const visits: Promise<number>[] = []
  const visitors = setInterval(() => visits.push(visit(server)), VISIT_EVERY)
  await end
  clearInterval(visitors)
  return Promise.all(visits)
}

async function visit({ url }: Server): Promise<number> {
  const start = now()
  const response = await fetch(`${url}/store/products`)
  await response.text()
  if (!response.ok) throw new Error(`the shop answered ${response.status}`)
  return now() - start
}

import { progress, query } from "../../integration-tests/stock-store"
import { burst, warmUp } from "../burst"
import { now, pause } from "../clock"
import { median, show } from "../numbers"
import type { Row } from "../table"
import { eachRun, withServer, type Setting } from "./measure"

/** (6) SQL statements of the plugin's own work, per claim of a burst. */
export async function measureStatements(setting: Setting): Promise<Row[]> {
  const { stage, sizes } = setting
  const count = sizes.statements
  const perClaim = await eachRun(setting.runs, (run) =>
    withServer(stage, { type: "plugin" }, async (server) => {
      await warmUp(server, stage.sink)
      await server.probe.startStatements()
      await burst(server, stage.sink, count)
      await allRecorded(server.databaseUrl)
      const counts = await server.probe.statements()
      if (run === 1) explain(counts)
      return Object.values(counts).reduce((a, b) => a + b, 0) / count
    })
  )
  const statements = median(perClaim)
  return [
    {
      what: `SQL statements per claim, ${show(count)} at once`,
      cells: {
        plugin: statements.toLocaleString("en-US", {
          maximumFractionDigits: 2,
        }),
      },
      verdict: { expected: "at most 3", isMet: statements <= 3 },
    },
  ]
}

/** Waits for the record of the last mail, which is written after its acceptance. */
async function allRecorded(databaseUrl: string): Promise<void> {
  const end = now() + 20_000
  for (;;) {
    const [open] = await query<{ count: number }>(
      databaseUrl,
      `SELECT count(*)::int AS count FROM order_claim WHERE status = 'pending'`
    )
    if (open?.count === 0) return
    if (now() > end) throw new Error(`${open?.count} claims are still pending`)
    await pause(50)
  }
}

function explain(counts: Record<string, number>): void {
  const most = Object.entries(counts).sort(([, a], [, b]) => b - a)
  for (const [text, times] of most.slice(0, 12)) {
    const start = text.replace(/\s+/g, " ").trim().slice(0, 90)
    progress(`  ${show(times).padStart(7)} × ${start}`)
  }
}

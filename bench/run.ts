/**
 * Measures what the plugin promises, side by side with nodemailer alone and
 * with the documented recipe, and prints one table. See docs/benchmarks.md.
 */
import { progress, timed } from "../integration-tests/stock-store"
import { parseWishes, type Topic, type Wishes } from "./arguments"
import { warmUp } from "./burst"
import { letterIn } from "./letter"
import { machine } from "./machine"
import { measureAsking } from "./measures/asking"
import { measureBursts } from "./measures/burst"
import { measureLatency } from "./measures/latency"
import { measureLoad } from "./measures/load"
import { withServer, type Measure } from "./measures/measure"
import { measureMemory } from "./measures/memory"
import { measureMillion } from "./measures/million"
import { measureRendering } from "./measures/rendering"
import { measureShop } from "./measures/shop"
import { measureStatements } from "./measures/statements"
import { writeResults } from "./results"
import { setStage, type Stage } from "./stage"
import { table, type Row } from "./table"

const measures: Record<Topic, Measure> = {
  burst: measureBursts,
  latency: measureLatency,
  shop: measureShop,
  asking: measureAsking,
  memory: measureMemory,
  load: measureLoad,
  statements: measureStatements,
  million: measureMillion,
  rendering: measureRendering,
}

/** Reads the plugin's letter from the wire, for others to send. */
const firstLetter = (stage: Stage) =>
  withServer(stage, { type: "plugin" }, async (server) => {
    await warmUp(server, stage.sink)
    return letterIn(await stage.sink.lastSource())
  })

async function measureAll(stage: Stage, wishes: Wishes): Promise<Row[]> {
  const { sizes, runs } = wishes
  const letter = await timed("Fetching the plugin's mail", () =>
    firstLetter(stage)
  )
  const rows: Row[] = []
  for (const topic of wishes.only) {
    rows.push(
      ...(await timed(`Measuring: ${topic}`, () =>
        measures[topic]({ stage, letter, sizes, runs })
      ))
    )
  }
  return rows
}

async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const wishes = parseWishes(args)
  const stage = await setStage()
  try {
    const rows = await measureAll(stage, wishes)
    const about = [
      ...(await machine(stage)),
      `${new Date().toISOString().slice(0, 10)}, \`${["npm run bench", ...(args.length ? ["--", ...args] : [])].join(" ")}\`: medians of ${wishes.runs}`,
    ]
    const results = [...about.map((line) => `- ${line}`), "", table(rows)]
    console.log(`\n${results.join("\n")}`)
    if (wishes.write) {
      await writeResults(results.join("\n"))
      progress("Written to docs/benchmarks.md")
    }
  } finally {
    await stage.stop()
  }
}

// Every process of the bench ends with this one.
process.on("SIGINT", () => process.exit(130))
process.on("SIGTERM", () => process.exit(143))
main().catch((error: Error) => {
  console.error(`The bench failed: ${error.message}`)
  process.exit(1)
})

/**
 * Plays the same scenes on stock stores of every release, and prints a table.
 *
 *   npm run test:matrix -- --releases 1.7.15,1.20.11 --nodes 20 --within 20 --write
 */
import { parseArgs } from "node:util"

import {
  buildTemplateDatabase,
  medusaCliOf,
  packPlugin,
  progress,
  redisAvailable,
  startPostgres,
  startRedis,
} from "../stock-store"
import { installNode, installRelease } from "./install"
import { nodes, type Release, releases } from "./releases"
import { type Scene, scenes } from "./scenes"
import { setStage, type StageOptions } from "./stage"
import { type Outcome, table, writeTable } from "./table"

const { values } = parseArgs({
  options: {
    releases: { type: "string" },
    nodes: { type: "string" },
    /** Minutes; what is not begun by then is left out and named, but for the oldest and the newest. */
    within: { type: "string" },
    write: { type: "boolean", default: false },
  },
})

const chosen = <T>(
  all: readonly T[],
  wish: string | undefined,
  of: (each: T) => string
) => {
  const wanted = wish?.split(",")
  const found = all.filter(
    (each) => !wanted || wanted.some((one) => of(each).startsWith(one))
  )
  if (!found.length) {
    throw new Error(`there is no ${wish}; there are ${all.map(of).join(", ")}`)
  }
  return found
}

const ends: (() => Promise<unknown>)[] = []

/** Plays all scenes on one release with one Node. */
async function play(options: StageOptions): Promise<Outcome["played"]> {
  const played: Outcome["played"] = {}
  const stage = await setStage(options)
  try {
    for (const [name, scene] of Object.entries(scenes)) {
      try {
        await scene(stage)
        played[name as Scene] = "✓"
      } catch (error) {
        played[name as Scene] = "✗"
        progress(`  ✗ ${name}: ${(error as Error).message}`)
        progress(stage.store.log().slice(-3000))
      }
    }
  } finally {
    await stage.close()
  }
  return played
}

async function main(): Promise<boolean> {
  const deadline = Date.now() + Number(values.within ?? Infinity) * 60_000
  const wanted = chosen(releases, values.releases, ({ version }) => version)
  const wantedNodes = chosen(nodes, values.nodes, (version) => version)
  const hasRedis = redisAvailable()
  const tarball = await packPlugin()
  const postgres = await startPostgres()
  ends.push(() => postgres.stop())
  const outcomes: Outcome[] = []

  const playRelease = async ({ version, needsRedis }: Release) => {
    if (needsRedis && !hasRedis) {
      progress(`Medusa ${version} needs Redis, which is not installed: skipped`)
      return
    }
    const folder = await installRelease(version, tarball)
    const template = `medusa_${version}`
    // a release is run with the command line that its shops have
    const cli = medusaCliOf(folder)
    await buildTemplateDatabase(folder, postgres.port, { name: template, cli })
    for (const node of wantedNodes) {
      const program = await installNode(node)
      if (!program) {
        if (process.env.CI === "true") throw new Error(`no Node ${node} on npm`)
        progress(`There is no Node ${node} for this machine: skipped`)
        continue
      }
      const redis = needsRedis ? await startRedis() : undefined
      progress(`Medusa ${version} on Node ${node} …`)
      const played = await play({
        folder,
        cli,
        template,
        postgresPort: postgres.port,
        node: program,
        bus: redis ? { redisUrl: redis.url } : "local",
      }).finally(() => redis?.stop())
      outcomes.push({ release: version, node, played })
    }
  }
  for (const release of wanted) {
    if (Date.now() > deadline && !release.isAlwaysPlayed) {
      progress(`No time left for Medusa ${release.version}`)
      continue
    }
    await playRelease(release)
  }
  console.log(`\n${table(outcomes)}`)
  if (values.write) await writeTable(outcomes)
  return outcomes.every(({ played }) =>
    Object.keys(scenes).every((name) => played[name as Scene] === "✓")
  )
}

async function end(code: number): Promise<never> {
  for (const stop of ends.reverse()) await stop()
  process.exit(code)
}

process.on("SIGINT", () => void end(130))
main().then(
  (isGreen) => end(isGreen ? 0 : 1),
  (error: Error) => {
    console.error(`The matrix failed: ${error.message}`)
    return end(1)
  }
)

import type { Sizes } from "../arguments"
import type { Letter } from "../letter"
import { startServer, type Mailer, type Server } from "../server"
import type { Stage } from "../stage"
import type { Row } from "../table"

/** The parts that a measurement uses. */
export interface Setting {
  stage: Stage
  /** The plugin's own letter, for mailers without one. */
  letter: Letter
  sizes: Sizes
  runs: number
}

/** Measures one topic several times, and returns lines of the table. */
export type Measure = (setting: Setting) => Promise<Row[]>

/** Repeats a measurement once per run, with the number of the run. */
export async function eachRun<T>(
  runs: number,
  measure: (run: number) => Promise<T>
): Promise<T[]> {
  const results: T[] = []
  for (let run = 1; run <= runs; run += 1) {
    results.push(await measure(run))
  }
  return results
}

/** Starts a server for one measurement, and stops it afterwards. */
export async function withServer<T>(
  stage: Stage,
  mailer: Mailer,
  use: (server: Server) => Promise<T>
): Promise<T> {
  const server = await startServer(stage, mailer)
  try {
    return await use(server)
  } finally {
    await server.stop()
  }
}

import type { Sizes } from "../arguments"
import type { Letter } from "../letter"
import { startServer, type Mailer, type Server } from "../server"
import type { Stage } from "../stage"
import type { Row } from "../table"

/** What a measurement is given. */
export interface Setting {
  stage: Stage
  /** The plugin's own letter, for all who have none. */
  letter: Letter
  sizes: Sizes
  runs: number
}

/** Measures one topic, several times over, into lines of the table. */
export type Measure = (setting: Setting) => Promise<Row[]>

/** Repeats what is measured once per run, and tells which run it is. */
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

/** Lends a server of its own for one measurement. */
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

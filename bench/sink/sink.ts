import path from "node:path"

import { startScript } from "../script"
import type { Arrivals } from "./arrivals"

/** The bench's mail server, as seen from the bench. */
export interface Sink {
  port: number
  /** Resolves once so many `addresses` have their mail, or after `within` ms. */
  arrived(domain: string, addresses: number, within: number): Promise<Arrivals>
  /** Sets the time that each mail takes from now on, in ms. */
  setDelay(ms: number): Promise<void>
  /** The source of the last mail. */
  lastSource(): Promise<string>
  stop(): Promise<unknown>
}

/** Starts the mail server in a process of its own. */
export async function startSink(): Promise<Sink> {
  const child = startScript("The sink", path.join(__dirname, "server.ts"))
  const [, smtp, control] = await child.waitForLog(/smtp (\d+) control (\d+)/)

  const ask = async (question: string): Promise<unknown> => {
    const response = await fetch(`http://127.0.0.1:${control}${question}`)
    if (!response.ok) throw new Error(await response.text())
    return response.json()
  }
  return {
    port: Number(smtp),
    arrived: async (domain, addresses, within) =>
      (await ask(
        `/arrived?domain=${domain}&addresses=${addresses}&within=${within}`
      )) as Arrivals,
    setDelay: async (ms) => {
      await ask(`/delay?ms=${ms}`)
    },
    lastSource: async () => ((await ask("/last")) as { source: string }).source,
    stop: () => child.stop(),
  }
}

import type { Claimable } from "./guests"

/** The times at which the bus of a store delivered the events of a burst. */
export interface HandedOver {
  count: number
  first: number | null
  last: number | null
}

/** The memory of a process, in bytes. */
export interface Memory {
  rss: number
  heapUsed: number
}

/** The requests to the probe in a store. */
export interface Probe {
  /** Keeps core from handing staged events to the bus until `release`. */
  hold(): Promise<void>
  /** Lets core hand them over again within its usual three seconds, `atOnce` at most. */
  release(atOnce: number): Promise<void>
  /** The events since `release`. */
  events(): Promise<HandedOver>
  /** Hands the events of claims to the bus at once, and returns the time. */
  emit(customerId: string, claims: Claimable[]): Promise<{ at: number }>
  /** The memory after a garbage collection. */
  memoryHeld(): Promise<Memory>
  startMemory(): Promise<void>
  /** The highest values since `startMemory`. */
  memoryPeak(): Promise<Memory>
  startStatements(): Promise<void>
  /** The number of times that the plugin sent each SQL statement since `startStatements`. */
  statements(): Promise<Record<string, number>>
}

/** Makes the client of the probe in the store at this URL. */
export function probeOf(url: string): Probe {
  const ask = async <T>(task: string, body: unknown = {}): Promise<T> => {
    const response = await fetch(`${url}/bench/${task}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`the probe's ${task} failed: ${text}`)
    return JSON.parse(text) as T
  }
  return {
    hold: () => ask("hold"),
    release: (atOnce) => ask("release", { atOnce }),
    events: () => ask("events"),
    emit: (customerId, claims) => ask("emit", { customerId, claims }),
    memoryHeld: () => ask("memory/held"),
    startMemory: () => ask("memory/start"),
    memoryPeak: () => ask("memory/peak"),
    startStatements: () => ask("statements/start"),
    statements: () => ask("statements/stop"),
  }
}

import type { Claimable } from "./guests"

/** When the bus of a store handed over the events of a burst. */
export interface HandedOver {
  count: number
  first: number | null
  last: number | null
}

/** In bytes. */
export interface Memory {
  rss: number
  heapUsed: number
}

/** What the probe in a store can be asked for. */
export interface Probe {
  /** Core hands no staged event to the bus until `release`. */
  hold(): Promise<void>
  /** It does again, after its usual three seconds; up to so many at once. */
  release(atOnce: number): Promise<void>
  /** The events since `release`. */
  events(): Promise<HandedOver>
  /** Hands the events of claims to the bus right now, and tells when. */
  emit(customerId: string, claims: Claimable[]): Promise<{ at: number }>
  /** After a garbage collection. */
  memoryHeld(): Promise<Memory>
  startMemory(): Promise<void>
  /** The highest values since `startMemory`. */
  memoryPeak(): Promise<Memory>
  startStatements(): Promise<void>
  /** How often the plugin sent each SQL statement since `startStatements`. */
  statements(): Promise<Record<string, number>>
}

/** The probe plugin of the store at this URL. */
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

import { setMaxListeners } from "events"

/** A limited number of places: first come, first served. */
export class Places {
  private readonly waiting = new Set<() => void>()

  constructor(private free: number) {}

  /** The places that can be taken without waiting. */
  get left(): number {
    return this.free
  }

  /** True if somebody waits for a place. */
  get areWanted(): boolean {
    return this.waiting.size > 0
  }

  /**
   * Resolves with a place, to be given back with `giveBack`.
   *
   * @throws if `signal` is aborted first
   */
  take(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(aborted())
    if (this.free > 0) {
      this.free -= 1
      return Promise.resolve()
    }
    // Many may wait for the same signal: Node 16 would warn of a leak.
    if (signal) setMaxListeners(0, signal)
    return new Promise((resolve, reject) => {
      const grant = () => {
        signal?.removeEventListener("abort", leave)
        resolve()
      }
      const leave = () => {
        this.waiting.delete(grant)
        reject(aborted())
      }
      this.waiting.add(grant)
      signal?.addEventListener("abort", leave, { once: true })
    })
  }

  giveBack(count = 1): void {
    this.free += count
    for (const grant of this.waiting) {
      if (this.free === 0) return
      this.free -= 1
      this.waiting.delete(grant)
      grant()
    }
  }
}

function aborted(): Error {
  return Object.assign(new Error("the wait was aborted"), {
    name: "AbortError",
  })
}

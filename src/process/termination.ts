import { withTimeLimit } from "../values/time-limit"

/** How long a signal is held up for a release of Medusa that does not handle it. */
const HOLD_UP_MS = 1000

/**
 * Calls `stop` when the process is asked to end. A listener of ours replaces
 * Node's default of ending at once, so where nobody else handles the signal
 * (Medusa 1.7) it is raised again.
 */
export function onTermination(stop: () => Promise<void>): void {
  process.once("SIGTERM", () => {
    const stopping = stop().catch(() => undefined)
    if (process.listenerCount("SIGTERM") > 0) return

    void withTimeLimit(HOLD_UP_MS, stopping, () => undefined).then(() =>
      process.kill(process.pid, "SIGTERM")
    )
  })
}

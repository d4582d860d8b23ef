import { withTimeLimit } from "../values/time-limit"

/** The longest delay of a signal, for releases of Medusa that do not handle it. */
const HOLD_UP_MS = 1000

/**
 * Calls `stop` when the process is asked to end. Any listener replaces Node's default
 * of ending at once. So if this is the only one (Medusa 1.7), the signal is raised
 * again.
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

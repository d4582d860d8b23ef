/** How long a signal is held up for a release of Medusa that does not handle it. */
const HOLD_UP_MS = 1000

/**
 * Calls `stop` when the process is asked to end. A handler of ours replaces
 * Node's default of ending at once, so where nobody else handles the signal
 * (Medusa 1.7) it is raised again.
 */
export function onTermination(stop: () => Promise<void>): void {
  process.once("SIGTERM", () => {
    const stopping = stop().catch(() => undefined)
    if (process.listenerCount("SIGTERM") > 0) return

    void within(HOLD_UP_MS, stopping).then(() =>
      process.kill(process.pid, "SIGTERM")
    )
  })
}

/** Resolves with the work, or after the time has passed. */
export async function within(ms: number, work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, passed])
  clearTimeout(timer)
}

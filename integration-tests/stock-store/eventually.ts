import { setTimeout as pause } from "node:timers/promises"

/** Long enough for the server to work, short enough for nobody to notice. */
const BETWEEN_LOOKS_MS = 25

/**
 * Waits until something that another process writes is true. It looks, and then
 * leaves the processor to the server that it waits for.
 *
 * @throws with `what` when it has not come true in time
 */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what: string,
  timeoutMs = 20_000
): Promise<T> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const seen = await look()
    if (seen) return seen
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
    await pause(BETWEEN_LOOKS_MS)
  }
}

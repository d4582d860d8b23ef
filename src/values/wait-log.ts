import type { Logger } from "./logger"
import { redactForLog } from "./redact"

/** The time between two lines about the same wait, in milliseconds. */
const AGAIN_AFTER_MS = 30_000

/**
 * Logs that a part of the plugin waits: at once, then every half a minute, and in one
 * more line when it goes on.
 */
export class WaitLog {
  private since?: number
  private loggedAt = 0

  constructor(private readonly logger: Logger) {}

  /**
   * @param what - what waits, such as "the outbox waits"
   * @param reason - the error that it waits for the end of
   */
  waits(what: string, reason: unknown): void {
    const now = Date.now()
    this.since ??= now
    if (now - this.loggedAt < AGAIN_AFTER_MS) return
    this.loggedAt = now
    this.logger.error(`order-claim: ${what}: ${redactForLog(reason)}`)
  }

  /** @param what - what goes on, such as "the outbox goes on" */
  goesOn(what: string): void {
    if (this.since === undefined) return
    const seconds = Math.round((Date.now() - this.since) / 1000)
    this.since = undefined
    this.loggedAt = 0
    this.logger.info(`order-claim: ${what} after ${seconds} s`)
  }
}

import { randomUUID } from "crypto"
import { attemptDelivery, logAttempt } from "./attempt"
import type { ClaimRow } from "./claim-rows"
import { Composed, composeEmails } from "./compose"
import { leaseDueClaims } from "./lease"
import type { OutboxParts } from "./parts"
import { recordAttempts } from "./record"

/** How soon claims are noticed that another process opened, or that are due again. */
const POLL_MS = 2000

/**
 * The worker that empties the outbox: leases due claims, no more than it can
 * send now, mails them and records the outcomes, wave after wave.
 */
export class Courier {
  private readonly owner = randomUUID()
  private timer?: NodeJS.Timeout
  private isWorking = false
  private isWoken = false

  constructor(private readonly parts: OutboxParts) {}

  /** Starts looking after the outbox. Keeps no process alive. */
  start(): void {
    this.timer ??= setInterval(() => this.wake(), POLL_MS).unref()
    this.wake()
  }

  /** Leases nothing more; a wave on the wire is finished and recorded. */
  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
  }

  /** There is something to send: look at once. */
  wake(): void {
    this.isWoken = true
    if (this.timer && !this.isWorking) void this.work()
  }

  private async work(): Promise<void> {
    this.isWorking = true
    while (this.timer && this.isWoken) {
      this.isWoken = false
      try {
        if (await this.deliverWave()) this.isWoken = true
      } catch (error) {
        // The leases run out and the claims are due again: nothing is lost.
        this.parts.logger.error(
          `order-claim: the outbox is waiting: ${(error as Error).message}`
        )
      }
    }
    this.isWorking = false
  }

  /** @returns how many claims it took care of */
  private async deliverWave(): Promise<number> {
    const { pool, settings } = this.parts
    const claims = await leaseDueClaims(
      pool,
      this.owner,
      settings.delivery.concurrency,
      settings.linkTtlMs
    )
    if (claims.length) await this.deliver(claims)
    return claims.length
  }

  private async deliver(claims: ClaimRow[]): Promise<void> {
    const { pool, settings, transport, jwtSecret, logger } = this.parts
    const emails = await composeEmails(pool, claims, settings, jwtSecret)
    const attempts = await Promise.all(
      claims.map(async (claim) => {
        const attempt = await attemptDelivery(
          claim,
          emails.get(claim.id) as Composed,
          transport,
          settings.delivery.giveUpAfterMs
        )
        logAttempt(logger, claim.email, attempt)
        return attempt
      })
    )
    await pool.transaction((db) => recordAttempts(db, this.owner, attempts))
  }
}

import type { Database } from "../db/database"
import type { Transport } from "../transports/transport"
import type { Logger } from "../values/logger"
import { attemptDelivery, logAttempt, RetrySettings } from "./attempt"
import { ComposedClaim, ComposeDependencies, composeEmails } from "./compose"
import { Leases } from "./leases"
import { Recorder } from "./recorder"

/** The parts that the courier works with. */
export interface CourierDependencies {
  db: Database
  emails: ComposeDependencies
  transport: Transport
  delivery: CourierSettings
  /** The lifetime of a link, in milliseconds. */
  linkTtlMs: number
  logger: Logger
}

/** The settings for emptying the outbox. */
export interface CourierSettings extends RetrySettings {
  /** Mails on the wire at once. */
  concurrency: number
  /** The time after which the claims of a dead server are free again, in milliseconds. */
  leaseMs: number
}

/** The interval for noticing claims that are due again, or that other processes opened. */
const POLL_MS = 2000
const MAX_BATCH = 100
/** A batch that takes longer is too large: its claims wait too long after their check. */
const LONG_BATCH_MS = 1000

/**
 * The worker that empties the outbox. Several senders share a short queue of leased
 * and composed emails. A sender that finds it running low fills it up, with no more
 * than can be sent in about a second.
 */
export class Courier {
  private readonly leases: Leases
  private readonly recorder: Recorder
  private readonly queue: ComposedClaim[] = []
  private readonly senders = new Set<Promise<void>>()
  private batchSize: number
  private filledAt = 0
  private filling?: Promise<void>
  private stopping?: Promise<void>
  /** Set while the courier runs; undefined before `start` and after `stop`. */
  private timer?: NodeJS.Timeout
  /** False once a batch was not full: then nothing is due until the next `wake`. */
  private mayHaveMore = false

  constructor(private readonly dependencies: CourierDependencies) {
    const { db, delivery, linkTtlMs } = dependencies
    const { leaseMs, concurrency } = delivery
    this.batchSize = concurrency
    this.leases = new Leases(db, { leaseMs, linkTtlMs }, this.report)
    this.recorder = new Recorder(
      db,
      this.leases.owner,
      (done) => this.leases.forget(done.map(({ claim }) => claim.id)),
      this.report
    )
  }

  /** Starts the courier. Its timer does not keep the process alive. */
  start(): void {
    this.timer ??= setInterval(() => this.wake(), POLL_MS).unref()
    this.wake()
  }

  /** Checks the outbox at once, because there may be something to send. */
  wake(): void {
    if (!this.isRunning()) return
    this.mayHaveMore = true
    while (this.senders.size < this.dependencies.delivery.concurrency) {
      const sender = this.send()
        .catch(this.report)
        .finally(() => this.senders.delete(sender))
      this.senders.add(sender)
    }
  }

  /**
   * Leases no more claims, and gives back those whose mail is not on the wire.
   * Resolves once the mails on the wire are sent and recorded.
   */
  stop(): Promise<void> {
    this.stopping ??= this.finish()
    return this.stopping
  }

  private isRunning(): boolean {
    return this.timer !== undefined
  }

  private async finish(): Promise<void> {
    clearInterval(this.timer)
    this.timer = undefined
    await this.giveBackQueue().catch(this.report)
    await this.filling
    await Promise.all(this.senders)
    await this.recorder.settled()
  }

  private async send(): Promise<void> {
    for (;;) {
      const next = this.queue.shift() ?? (await this.next())
      if (!next) return
      if (this.queue.length < this.batchSize / 2) void this.fill()
      // The lease may be lost while the email waits: then the claim is due for any
      // server, and must not be mailed here.
      const { id } = next.claim
      if (this.leases.holds(id)) await this.deliver(next)
      else this.leases.forget([id])
    }
  }

  private async next(): Promise<ComposedClaim | undefined> {
    while (!this.queue.length && (this.filling || this.mayHaveMore)) {
      if (!this.isRunning()) break
      await this.fill()
    }
    return this.queue.shift()
  }

  /** Adds one batch to the queue; calls during that time wait for the same batch. */
  private fill(): Promise<void> {
    const isOver = !this.isRunning() || !this.mayHaveMore
    if (isOver && !this.filling) return Promise.resolve()
    this.filling ??= this.leaseBatch()
      .catch((error) => {
        // The next poll tries again, so nothing is lost.
        this.mayHaveMore = false
        this.report(error)
      })
      .finally(() => (this.filling = undefined))
    return this.filling
  }

  private async leaseBatch(): Promise<void> {
    const { db, emails } = this.dependencies
    this.mayHaveMore = false
    this.adaptBatch()
    const claims = await this.leases.take(this.batchSize)
    if (!claims.length) return

    this.mayHaveMore ||= claims.length === this.batchSize
    try {
      this.queue.push(...(await composeEmails(db, claims, emails)))
    } catch (error) {
      await this.leases.giveBack(claims.map(({ id }) => id))
      throw error
    }
    if (!this.isRunning()) await this.giveBackQueue()
  }

  private adaptBatch(): void {
    const { concurrency } = this.dependencies.delivery
    const now = Date.now()
    const lasted = now - this.filledAt
    this.filledAt = now
    this.batchSize =
      lasted > LONG_BATCH_MS
        ? Math.max(Math.floor(this.batchSize / 2), concurrency)
        : Math.min(this.batchSize * 2, MAX_BATCH)
  }

  private async deliver(email: ComposedClaim): Promise<void> {
    const { transport, delivery, logger } = this.dependencies
    const { claim, composed } = email
    const attempt = await attemptDelivery(email, transport, delivery)
    const to = composed.type === "message" ? composed.message.to : claim.email
    logAttempt(logger, to, attempt)
    this.recorder.add(attempt)
  }

  private readonly report = (error: unknown): void =>
    this.dependencies.logger.error(
      `order-claim: the outbox is waiting: ${String(error)}`
    )

  private async giveBackQueue(): Promise<void> {
    const ids = this.queue.splice(0).map(({ claim }) => claim.id)
    await this.leases.giveBack(ids)
  }
}

import type { Database } from "../db/database"
import type { Transport } from "../transports/transport"
import type { Logger } from "../values/logger"
import { attemptDelivery, logAttempt, RetrySettings } from "./attempt"
import { ComposedClaim, ComposeDependencies, composeEmails } from "./compose"
import { Leases } from "./leases"
import { Recorder } from "./recorder"

/** What the courier needs. */
export interface CourierDependencies {
  db: Database
  emails: ComposeDependencies
  transport: Transport
  delivery: CourierSettings
  /** How long a link works, in milliseconds. */
  linkTtlMs: number
  logger: Logger
}

/** How the outbox is emptied. */
export interface CourierSettings extends RetrySettings {
  /** Mails on the wire at once. */
  concurrency: number
  /** How long a claim stays this server's without a sign of life, in milliseconds. */
  leaseMs: number
}

/** How soon claims are noticed that another process opened, or that are due again. */
const POLL_MS = 2000
const MAX_BATCH = 100
/** A batch that lasts longer than this is too large: its claims wait too long after their check. */
const LONG_BATCH_MS = 1000

/**
 * The worker that empties the outbox. Some senders share a short queue of
 * leased and composed emails; whoever finds it running low fills it up, with no
 * more than can be sent in about a second.
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
  /** Set while the courier runs: before `start` and after `stop` there is none. */
  private timer?: NodeJS.Timeout
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

  /** Starts looking after the outbox. Keeps no process alive. */
  start(): void {
    this.timer ??= setInterval(() => this.wake(), POLL_MS).unref()
    this.wake()
  }

  /** Looks at the outbox at once: there may be something to send. */
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
   * Leases nothing more and gives back at once what is not on the wire.
   *
   * @returns when what is on the wire is sent and recorded
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
      // A lease that was lost while the email waited is not renewed any more: the
      // claim is due for any server.
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

  /** Fills the queue, once at a time: who asks meanwhile waits for the same batch. */
  private fill(): Promise<void> {
    const isOver = !this.isRunning() || !this.mayHaveMore
    if (isOver && !this.filling) return Promise.resolve()
    this.filling ??= this.leaseBatch()
      .catch((error) => {
        // Looked for again with the next poll: nothing is lost.
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

import { attemptDelivery, logAttempt } from "./attempt"
import type { ClaimRow } from "../rows/claims"
import { Composed, composeEmails } from "./compose"
import { Leases } from "./leases"
import type { Message } from "../transports/transport"
import type { Outbox } from "./outbox"
import { Recorder } from "./recorder"

/** How soon claims are noticed that another process opened, or that are due again. */
const POLL_MS = 2000
const MAX_BATCH = 100
/** A batch that lasts longer than this is too large: its claims wait too long after their check. */
const LONG_BATCH_MS = 1000

interface Ready {
  claim: ClaimRow
  composed: Composed
}

/**
 * The worker that empties the outbox. Some senders share a short queue of
 * leased and composed emails; whoever finds it running low fills it up, with no
 * more than can be sent in about a second.
 */
export class Courier {
  private readonly leases: Leases
  private readonly recorder: Recorder
  private readonly queue: Ready[] = []
  private readonly senders = new Set<Promise<void>>()
  private batchSize: number
  private filledAt = 0
  private filling?: Promise<void>
  private stopping?: Promise<void>
  private timer?: NodeJS.Timeout
  private mayHaveMore = false

  constructor(private readonly outbox: Outbox) {
    const { pool, settings } = outbox
    const { leaseMs, concurrency } = settings.delivery
    const terms = { leaseMs, linkTtlMs: settings.linkTtlMs }
    this.batchSize = concurrency
    this.leases = new Leases(pool, terms, this.report)
    this.recorder = new Recorder(
      pool,
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

  /** There may be something to send: look at once. */
  wake(): void {
    if (!this.timer) return
    this.mayHaveMore = true
    while (this.senders.size < this.outbox.settings.delivery.concurrency) {
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
      const ready = this.queue.shift() ?? (await this.next())
      if (!ready) return
      if (this.queue.length < this.batchSize / 2) void this.fill()
      // Lost while it waited: not renewed any more, it is due for anybody.
      const { id } = ready.claim
      if (this.leases.holds(id)) await this.deliver(ready)
      else this.leases.forget([id])
    }
  }

  private async next(): Promise<Ready | undefined> {
    while (!this.queue.length && (this.filling || this.mayHaveMore)) {
      if (!this.timer) break
      await this.fill()
    }
    return this.queue.shift()
  }

  /** One at a time, whoever asks. */
  private fill(): Promise<void> {
    const isOver = !this.timer || !this.mayHaveMore
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
    this.mayHaveMore = false
    this.adaptBatch()
    const claims = await this.leases.take(this.batchSize)
    if (!claims.length) return

    this.mayHaveMore ||= claims.length === this.batchSize
    try {
      this.queue.push(...(await this.compose(claims)))
    } catch (error) {
      await this.leases.giveBack(claims.map(({ id }) => id))
      throw error
    }
    if (!this.timer) await this.giveBackQueue()
  }

  private async compose(claims: ClaimRow[]): Promise<Ready[]> {
    const emails = await composeEmails(this.outbox.pool, claims, this.outbox)
    return claims.map((claim) => ({
      claim,
      composed: emails.get(claim.id) as Composed,
    }))
  }

  private adaptBatch(): void {
    const { concurrency } = this.outbox.settings.delivery
    const now = Date.now()
    const lasted = now - this.filledAt
    this.filledAt = now
    this.batchSize =
      lasted > LONG_BATCH_MS
        ? Math.max(Math.floor(this.batchSize / 2), concurrency)
        : Math.min(this.batchSize * 2, MAX_BATCH)
  }

  private async deliver({ claim, composed }: Ready): Promise<void> {
    const { settings, transport, logger } = this.outbox
    const attempt = await attemptDelivery(
      claim,
      composed,
      transport,
      settings.delivery
    )
    const { message } = composed as { message?: Message }
    logAttempt(logger, message?.to ?? claim.email, attempt)
    this.recorder.add(attempt)
  }

  private readonly report = (error: unknown): void =>
    this.outbox.logger.error(
      `order-claim: the outbox is waiting: ${String(error)}`
    )

  private async giveBackQueue(): Promise<void> {
    const ids = this.queue.splice(0).map(({ claim }) => claim.id)
    await this.leases.giveBack(ids)
  }
}

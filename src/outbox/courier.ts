import pLimit from "p-limit"
import type { Database } from "../db/database"
import type { Attempt } from "../db/record-attempts"
import type { Transport, Turn } from "../transports/transport"
import type { Logger } from "../values/logger"
import { WaitLog } from "../values/wait-log"
import { attemptDelivery, logAttempt, RetrySettings } from "./attempt"
import type { ComposedClaim, ComposeDependencies } from "./compose"
import { Leases } from "./leases"
import { Queue } from "./queue"
import { isMail, ReadyEmails } from "./ready-emails"
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

/** An email that was handed over, and its outcome while it is being recorded. */
interface Sent {
  email: ComposedClaim
  attempt: Attempt
  recording: Promise<void>
}

/** The interval for noticing claims that are due again, or that other processes opened. */
const POLL_MS = 2000
/**
 * A sender is busy with its mail until the outcome is recorded. So the number of
 * senders is also the most that may repeat after a kill: mails on the wire, and mails
 * that were accepted and are not on record yet.
 */
const SENDERS_PER_MAIL = 2

/**
 * The worker that empties the outbox. Its senders share a short queue of leased and
 * composed emails, and a recorder of what became of them.
 */
export class Courier {
  private readonly leases: Leases
  private readonly queue: Queue
  private readonly recorder: Recorder
  private readonly ready: ReadyEmails
  private readonly senders = new Set<Promise<void>>()
  private readonly wire: pLimit.Limit
  private readonly waitLog: WaitLog
  private readonly stopped = new AbortController()
  private stopping?: Promise<void>
  /** Set while the courier runs; undefined before `start` and after `stop`. */
  private timer?: NodeJS.Timeout

  constructor(private readonly dependencies: CourierDependencies) {
    const { db, emails, transport, delivery, linkTtlMs, logger } = dependencies
    const { leaseMs, concurrency } = delivery
    this.wire = pLimit(concurrency)
    this.waitLog = new WaitLog(logger)
    this.leases = new Leases(db, { leaseMs, linkTtlMs }, this.waits)
    this.queue = new Queue({
      db,
      emails,
      transport,
      concurrency,
      leases: this.leases,
      onLate: () => this.wake(),
      onFilled: (error) =>
        error
          ? this.waits(error)
          : this.waitLog.goesOn("the outbox is being emptied again"),
    })
    this.recorder = new Recorder(db, this.leases.owner, logger)
    this.ready = new ReadyEmails({
      db,
      transport,
      concurrency,
      leases: this.leases,
      queue: this.queue,
      recorder: this.recorder,
      onError: this.waits,
    })
  }

  /** Starts the courier. Its timer does not keep the process alive. */
  start(): void {
    this.timer ??= setInterval(() => this.wake(), POLL_MS).unref()
    this.wake()
  }

  /** Checks the outbox at once, because there may be something to send. */
  wake(): void {
    if (!this.isRunning()) return
    this.queue.wake()
    const { concurrency } = this.dependencies.delivery
    while (this.senders.size < SENDERS_PER_MAIL * concurrency) {
      const sender = this.send()
        .catch(this.waits)
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
    this.stopped.abort()
    // Both at once: an email that is ready must not leave while the queue closes.
    await Promise.all([
      this.ready.close().catch(this.waits),
      this.queue.close().catch(this.waits),
    ])
    await Promise.all(this.senders)
  }

  private async send(): Promise<void> {
    for (;;) {
      const sent = await this.wire(() => this.sendNext())
      if (!sent) return
      await this.finishRecord(sent)
    }
  }

  /** Waits for the rate limit, then sends the next email. */
  private async sendNext(): Promise<Sent | undefined> {
    if (!(await this.queue.isReady()) && !this.ready.hasSome) return undefined
    const turn = await this.turn()
    let isUsed = false
    try {
      const email = turn && (await this.ready.next())
      if (!email) return undefined

      isUsed = isMail(email)
      const { transport, delivery } = this.dependencies
      const attempt = await attemptDelivery(email, transport, delivery)
      return { email, attempt, recording: this.recorder.record(attempt) }
    } finally {
      turn?.end(isUsed)
    }
  }

  /** Waits for the rate limit; `undefined` once the courier stops. */
  private turn(): Promise<Turn | undefined> {
    return this.dependencies.transport
      .turn(this.stopped.signal)
      .catch(() => undefined)
  }

  /** Logs an outcome, and waits until it is recorded. */
  private async finishRecord({
    email: { claim, composed },
    attempt,
    recording,
  }: Sent): Promise<void> {
    try {
      const to = composed.type === "message" ? composed.message.to : claim.email
      logAttempt(this.dependencies.logger, to, attempt)
    } finally {
      await recording
      this.leases.forget(claim.id)
    }
  }

  private readonly waits = (error: unknown): void =>
    this.waitLog.waits("the outbox is waiting", error)
}

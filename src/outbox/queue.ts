import type { Database } from "../db/database"
import {
  ComposedClaim,
  ComposeDependencies,
  loadEmails,
  writeEmails,
} from "./compose"
import { LateEmails } from "./late-emails"
import type { Leases } from "./leases"

/** The parts that fill the queue. */
export interface QueueDependencies {
  db: Database
  emails: ComposeDependencies
  leases: Leases
  /** The mails that may leave right now: see `Transport.turnsLeft`. */
  transport: { readonly turnsLeft: number }
  /** The number of mails on the wire at once. */
  concurrency: number
  /** Called when an email arrives after its batch: see {@link LateEmails}. */
  onLate: () => void
  /** Called after each batch: with the error, if there was one. */
  onFilled: (error?: unknown) => void
}

const MAX_BATCH = 100
/** Each batch may be this many times as large as the one before. */
const GROWTH = 3
/** A claim may change after its email was composed, so that the email has to be new. */
const FRESH_MS = 5000
/** A batch that takes longer is too large: its claims wait too long after their check. */
const LONG_BATCH_MS = 1000

/**
 * A short queue of leased and composed emails. It is filled in batches, with no more
 * than can be sent in about a second.
 */
export class Queue {
  private readonly emails: ComposedClaim[] = []
  private readonly late: LateEmails
  private batchSize: number
  private filledAt = 0
  /** The time from which the emails count as old. */
  private freshAt = 0
  private filling?: Promise<void>
  private isClosed = false
  /** False once a batch was not full: then nothing is due until the next `wake`. */
  private mayHaveMore = false

  constructor(private readonly dependencies: QueueDependencies) {
    const { concurrency, emails, onLate } = dependencies
    this.batchSize = concurrency
    const add = (email: ComposedClaim) => void this.emails.push(email)
    this.late = new LateEmails(emails, add, () => {
      this.freshAt = Date.now()
      onLate()
    })
  }

  /** Makes the queue look for due claims again. */
  wake(): void {
    this.mayHaveMore = true
  }

  /** Resolves to true once there is an email, and to false if nothing is due. */
  async isReady(): Promise<boolean> {
    while (!this.emails.length && (this.filling || this.mayHaveMore)) {
      if (this.isClosed) break
      await this.fill()
    }
    return this.emails.length > 0
  }

  /** Takes up to so many emails; none if nothing is due, or the queue is closed. */
  async take(count: number): Promise<ComposedClaim[]> {
    await this.dropStale()
    await this.isReady()
    const taken = this.emails.splice(0, count)
    if (this.isLow()) void this.fill()
    return taken
  }

  /** Gives back claims that waited for long, such as for the rate limit. */
  private async dropStale(): Promise<void> {
    if (Date.now() - this.freshAt < FRESH_MS || !this.emails.length) return
    this.mayHaveMore = true
    await this.giveBack()
  }

  /** Fills no more, and gives back what is in the queue. */
  async close(): Promise<void> {
    this.isClosed = true
    await this.giveBack()
    await this.filling
  }

  /** True if there are fewer emails than may leave soon. */
  private isLow(): boolean {
    const { turnsLeft } = this.dependencies.transport
    return this.emails.length < Math.min(this.batchSize / 2, turnsLeft)
  }

  /** Adds one batch; calls during that time wait for the same batch. Never rejects. */
  private fill(): Promise<void> {
    const isOver = this.isClosed || !this.mayHaveMore
    if (isOver && !this.filling) return Promise.resolve()
    const { onFilled } = this.dependencies
    this.filling ??= this.leaseBatch()
      .then(
        () => onFilled(),
        (error) => {
          // The next poll tries again, so nothing is lost.
          this.mayHaveMore = false
          onFilled(error)
        }
      )
      .finally(() => (this.filling = undefined))
    return this.filling
  }

  private async leaseBatch(): Promise<void> {
    const { db, emails, leases, transport } = this.dependencies
    this.mayHaveMore = false
    this.adaptBatch()
    const { room } = this.late
    // The next one that is written makes room, and wakes the courier.
    if (!room) return
    // What has to wait for the rate limit is composed only when its turn comes.
    const wanted = Math.min(this.batchSize, transport.turnsLeft, room)
    const size = Math.max(1, wanted)
    const claims = await leases.take(size)
    if (!claims.length) return

    this.mayHaveMore ||= claims.length === size
    try {
      const loaded = await db.transaction((tx) =>
        loadEmails(tx, claims, emails)
      )
      if (emails.storefront) await this.late.write(loaded)
      else this.emails.push(...(await writeEmails(loaded, emails)))
    } catch (error) {
      await leases.giveBack(claims.map(({ id }) => id))
      throw error
    }
    if (this.isClosed) await this.giveBack()
  }

  private adaptBatch(): void {
    const now = Date.now()
    const lasted = now - this.filledAt
    this.filledAt = now
    this.freshAt = now
    this.batchSize =
      lasted > LONG_BATCH_MS
        ? Math.max(
            Math.floor(this.batchSize / 2),
            this.dependencies.concurrency
          )
        : Math.min(this.batchSize * GROWTH, MAX_BATCH)
  }

  private async giveBack(): Promise<void> {
    const ids = this.emails.splice(0).map(({ claim }) => claim.id)
    if (this.isClosed) ids.push(...this.late.giveUp())
    await this.dependencies.leases.giveBack(ids)
  }
}

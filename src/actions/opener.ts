import { setTimeout as delay } from "timers/promises"
import { Database, isTransient } from "../db/database"
import type { Logger } from "../values/logger"
import { redactForLog } from "../values/redact"
import { WaitLog } from "../values/wait-log"
import type { OpeningRequest, OpeningRules } from "./decide-claim"
import { OpenedClaim, openClaims } from "./open-claims"

interface Waiting {
  request: OpeningRequest
  since: number
  resolve: (opened: OpenedClaim) => void
  reject: (error: unknown) => void
}

/** The first batch of a burst is small, so that its mails leave while the rest is opened. */
const FIRST_REQUESTS = 100
const MAX_REQUESTS = 1000
const MAX_ORDERS = 10_000
/** The orders that may wait in memory while the database is away: some 100 bytes per order. */
const MAX_KEPT_ORDERS = 1_000_000
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 5000

/** The times for which the opener tries, in milliseconds. */
export interface Patience {
  /** Until the caller is told that it failed so far. */
  answerWithinMs: number
  /** Until the request is given up. */
  giveUpAfterMs: number
}

const PATIENCE: Patience = {
  answerWithinMs: 30_000,
  giveUpAfterMs: 24 * 60 * 60_000,
}

/**
 * The one opener of its process. It opens the waiting requests together, so that a
 * burst of 1,000 events takes only two transactions.
 */
export class Opener {
  private waiting: Waiting[] = []
  private working = false
  private readonly waitLog: WaitLog

  constructor(
    private readonly db: Database,
    private readonly rules: OpeningRules,
    private readonly logger: Logger,
    private readonly patience = PATIENCE
  ) {
    this.waitLog = new WaitLog(logger)
  }

  /**
   * Opens a claim; resolves once it is committed. Most event buses do not hand out an
   * event a second time. So while the database does not answer, the request is kept
   * and tried again for a day, even after the caller was told.
   *
   * @throws the database's error, after half a minute or if it is permanent
   */
  open(request: OpeningRequest): Promise<OpenedClaim> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, since: Date.now(), resolve, reject })
      if (!this.working) void this.work()
    })
  }

  /** Logs the requests that end with this process, because they are not on record. */
  logUnopened(): void {
    this.giveUp(this.waiting.splice(0), "the server stops")
  }

  private async work(): Promise<void> {
    this.working = true
    // All handlers of a burst start in one turn of the event loop: wait for them.
    await new Promise(setImmediate)
    let pause = FIRST_PAUSE_MS
    let most = FIRST_REQUESTS
    while (this.waiting.length) {
      const batch = this.takeBatch(most)
      most = MAX_REQUESTS
      const failed = await this.openTogether(batch)
      if (!failed) {
        pause = FIRST_PAUSE_MS
        continue
      }
      this.keep(failed, batch)
      await delay(pause)
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS)
    }
    this.working = false
  }

  private takeBatch(most: number): Waiting[] {
    let orders = 0
    const end = this.waiting.findIndex(({ request }, index) => {
      orders += request.order_ids.length
      return index > 0 && (index === most || orders > MAX_ORDERS)
    })
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end)
  }

  /** @returns the error, if the requests have to be tried again */
  private async openTogether(
    batch: Waiting[]
  ): Promise<{ error: unknown } | undefined> {
    try {
      const requests = batch.map(({ request }) => request)
      const opened = await this.db.transaction((tx) =>
        openClaims(tx, requests, this.rules)
      )
      opened.forEach((claim, i) => batch[i]?.resolve(claim))
      this.waitLog.goesOn("claims are opened again")
      return undefined
    } catch (error) {
      if (isTransient(error)) return { error }
      if (batch.length === 1) {
        batch.forEach(({ reject }) => reject(error))
        return undefined
      }
      return this.openOneByOne(batch)
    }
  }

  /** One request is at fault: each is opened alone, so that the others succeed. */
  private async openOneByOne(
    batch: Waiting[]
  ): Promise<{ error: unknown } | undefined> {
    while (batch.length) {
      const failed = await this.openTogether(batch.slice(0, 1))
      if (failed) return failed
      batch.shift()
    }
    return undefined
  }

  /** Keeps requests for the next try, and tells callers who have waited long enough. */
  private keep({ error }: { error: unknown }, batch: Waiting[]): void {
    const now = Date.now()
    const { answerWithinMs, giveUpAfterMs } = this.patience
    for (const { since, reject } of batch) {
      if (now - since >= answerWithinMs) reject(error)
    }
    const isLate = ({ since }: Waiting) => now - since >= giveUpAfterMs
    this.waiting.unshift(...batch.filter((one) => !isLate(one)))
    this.giveUp([...batch.filter(isLate), ...this.tooMany()], error)

    const { length } = this.waiting
    const claims = length === 1 ? "claim waits" : "claims wait"
    this.waitLog.waits(`${length} ${claims} to be recorded`, error)
  }

  /** Removes the newest requests, if there are more than fit into memory. */
  private tooMany(): Waiting[] {
    let orders = 0
    const end = this.waiting.findIndex(({ request }) => {
      orders += request.order_ids.length
      return orders > MAX_KEPT_ORDERS
    })
    return end < 0 ? [] : this.waiting.splice(end)
  }

  /** Gives requests up visibly: the log names the customers, who have to ask again. */
  private giveUp(given: Waiting[], error: unknown): void {
    for (const { request, reject } of given) {
      const { customer_id, order_ids } = request
      reject(error)
      this.logger.error(
        `order-claim: the claim of ${customer_id} for ${describeOrders(order_ids)} could not be recorded: ${redactForLog(error)}. Unless the event bus repeats the event, the customer has to ask again.`
      )
    }
  }
}

const describeOrders = ([first = "", ...more]: string[]) =>
  more.length ? `${first} and ${more.length} more` : first

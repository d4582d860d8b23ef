import { setTimeout as delay } from "timers/promises"
import { Database, isTransient } from "../db/database"
import type { OpeningRequest, OpeningRules } from "./decide-claim"
import { OpenedClaim, openClaims } from "./open-claims"

interface Waiting {
  request: OpeningRequest
  resolve: (opened: OpenedClaim) => void
  reject: (error: unknown) => void
}

const MAX_REQUESTS = 1000
const MAX_ORDERS = 10_000
const TRY_FOR_MS = 30_000
const FIRST_PAUSE_MS = 250

/**
 * The one opener of its process. It opens all waiting requests in one transaction,
 * so that a burst of 1,000 events takes only a few of them.
 */
export class Opener {
  private readonly waiting: Waiting[] = []
  private working = false

  constructor(
    private readonly db: Database,
    private readonly rules: OpeningRules
  ) {}

  /**
   * Opens a claim; resolves once it is committed. Until then only the caller has
   * the request, so if the database does not answer, it is tried again for half a
   * minute.
   *
   * @throws the database's error after that
   */
  open(request: OpeningRequest): Promise<OpenedClaim> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ request, resolve, reject })
      if (!this.working) void this.work()
    })
  }

  private async work(): Promise<void> {
    this.working = true
    // All handlers of a burst start in one turn of the event loop: wait for them.
    await new Promise(setImmediate)
    while (this.waiting.length) await this.openTogether(this.takeBatch())
    this.working = false
  }

  private takeBatch(): Waiting[] {
    let orders = 0
    const end = this.waiting.findIndex(({ request }, index) => {
      orders += request.order_ids.length
      return index > 0 && (index === MAX_REQUESTS || orders > MAX_ORDERS)
    })
    return this.waiting.splice(0, end < 0 ? this.waiting.length : end)
  }

  private async openTogether(batch: Waiting[]): Promise<void> {
    try {
      const requests = batch.map(({ request }) => request)
      const opened = await this.persist(requests)
      opened.forEach((claim, i) => batch[i]?.resolve(claim))
    } catch (error) {
      if (!isTransient(error) && batch.length > 1) {
        // One request is at fault: each is opened alone, so that the others succeed.
        for (const one of batch) await this.openTogether([one])
        return
      }
      batch.forEach(({ reject }) => reject(error))
    }
  }

  private async persist(requests: OpeningRequest[]): Promise<OpenedClaim[]> {
    const giveUpAt = Date.now() + TRY_FOR_MS
    for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
      try {
        return await this.db.transaction((tx) =>
          openClaims(tx, requests, this.rules)
        )
      } catch (error) {
        const isLate = Date.now() + pause > giveUpAt
        if (isLate || !isTransient(error)) throw error
      }
      await delay(pause)
    }
  }
}

import type { Database } from "../db/database"
import { counted } from "../values/counted"
import type { Logger } from "../values/logger"
import { WaitLog } from "../values/wait-log"
import { pruneClaims } from "./prune"

/** The parts that delete old claims. */
export interface PrunerDependencies {
  db: Database
  /** The time for which claims that are over are kept, in milliseconds. */
  retentionMs: number | false
  logger: Logger
}

/** The pauses of the pruner, in milliseconds. */
export interface Pauses {
  /** While there is more to delete: the database has other work to do. */
  betweenBatches: number
  /** Once there is nothing left. */
  whenDone: number
}

const PAUSES: Pauses = { betweenBatches: 1000, whenDone: 60_000 }

/**
 * The worker that deletes old claims: a batch at a time, each a short transaction. Of
 * several servers, each takes what the others have not locked.
 */
export class Pruner {
  private readonly waitLog: WaitLog
  private total = { deleted: 0, reduced: 0 }
  private isRunning = false
  private timer?: NodeJS.Timeout
  private working: Promise<void> | undefined

  constructor(
    private readonly dependencies: PrunerDependencies,
    private readonly pauses = PAUSES
  ) {
    this.waitLog = new WaitLog(dependencies.logger)
  }

  /** Starts the pruner, if the shop wants one. Its timer does not keep the process alive. */
  start(): void {
    if (this.dependencies.retentionMs === false || this.isRunning) return
    this.isRunning = true
    this.goOnAfter(this.pauses.betweenBatches)
  }

  /** Resolves once the batch that is running has ended. */
  async stop(): Promise<void> {
    this.isRunning = false
    clearTimeout(this.timer)
    await this.working
  }

  private goOnAfter(pauseMs: number): void {
    if (!this.isRunning) return
    this.timer = setTimeout(() => {
      this.working = this.work().then((pause) => this.goOnAfter(pause))
    }, pauseMs).unref()
  }

  /** @returns the pause until the next batch */
  private async work(): Promise<number> {
    const { betweenBatches, whenDone } = this.pauses
    try {
      return (await this.prune()) ? betweenBatches : whenDone
    } catch (error) {
      this.waitLog.waits("old claims cannot be deleted", error)
      return whenDone
    }
  }

  /** @returns false if there was nothing to do */
  private async prune(): Promise<boolean> {
    const { db, retentionMs } = this.dependencies
    if (retentionMs === false) return false

    const { deleted, reduced } = await db.transaction((tx) =>
      pruneClaims(tx, retentionMs)
    )
    this.waitLog.goesOn("old claims are deleted again")
    this.total.deleted += deleted
    this.total.reduced += reduced
    const hasMore = deleted + reduced > 0
    if (!hasMore) this.logTotal()
    return hasMore
  }

  private logTotal(): void {
    const { deleted, reduced } = this.total
    this.total = { deleted: 0, reduced: 0 }
    if (!deleted && !reduced) return
    this.dependencies.logger.info(
      `order-claim: retention: ${counted(deleted, "claim")} deleted, ${counted(reduced, "block")} stripped`
    )
  }
}

import { Database, isTransient } from "../db/database"
import { findRequested } from "../db/requested-claims"
import type { Logger } from "../values/logger"
import { describeError, redact } from "../values/redact"
import { WaitLog } from "../values/wait-log"
import type { OpeningRules } from "./decide-claim"
import { logUnmailed } from "./log-unmailed"
import { failRequestedClaim, openRequestedClaim } from "./open-requested"

/** The parts that look up the orders of requested claims. */
export interface FinderDependencies {
  db: Database
  rules: OpeningRules
  /** Called when there is something to mail. */
  courier: { wake(): void }
  logger: Logger
}

/**
 * The interval between two looks. A request does not wake the finder: the work that
 * follows an address with orders must not slow the answer, or the one after it.
 */
const POLL_MS = 1000

/** The claims that one look takes up. The rest waits for the next. */
const AT_ONCE = 100

/** The worker that looks up the orders of claims that were asked for without ids. */
export class Finder {
  private readonly waitLog: WaitLog
  /** Set while the finder runs. */
  private timer?: NodeJS.Timeout
  private working: Promise<void> | undefined

  constructor(private readonly dependencies: FinderDependencies) {
    this.waitLog = new WaitLog(dependencies.logger)
  }

  /** Starts the finder. Its timer does not keep the process alive. */
  start(): void {
    this.timer ??= setInterval(() => this.look(), POLL_MS).unref()
  }

  /** Resolves once the transaction that is running has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    this.timer = undefined
    await this.working
  }

  private look(): void {
    this.working ??= this.work()
      .catch(this.waits)
      .finally(() => (this.working = undefined))
  }

  private async work(): Promise<void> {
    const { db } = this.dependencies
    for (const id of await findRequested(db, AT_ONCE)) {
      if (!this.timer) return
      await this.open(id)
    }
    this.waitLog.goesOn("orders are looked up again")
  }

  private async open(id: string): Promise<void> {
    const { db, rules, courier, logger } = this.dependencies
    try {
      const claim = await db.transaction((tx) =>
        openRequestedClaim(tx, id, rules)
      )
      if (claim?.status === "pending") courier.wake()
      else if (claim) logUnmailed(logger, claim)
    } catch (error) {
      if (isTransient(error)) throw error
      await this.giveUp(id, error)
    }
  }

  /** Gives up a claim that would fail again and again; staff see it. */
  private async giveUp(id: string, error: unknown): Promise<void> {
    const { db, logger } = this.dependencies
    await db.transaction((tx) => failRequestedClaim(tx, id, redact(error)))
    logger.error(
      `order-claim: the orders of ${id} could not be looked up: ${describeError(error)}`
    )
  }

  private readonly waits = (error: unknown): void =>
    this.waitLog.waits("claims wait for their orders to be looked up", error)
}

import { setTimeout as delay } from "timers/promises"
import { Database, isTransient, Queryable } from "../db/database"
import { Attempt, findUnrecorded, recordAttempts } from "../db/record-attempts"
import type { Logger } from "../values/logger"
import { WaitLog } from "../values/wait-log"
import { recordInPart } from "./record-in-part"

/** The pauses before the next try, while the database does not take an outcome. */
const FIRST_PAUSE_MS = 50
const LONGEST_PAUSE_MS = 2000
/** The interval for looking if such a pause is over. */
const LOOK_MS = 20

/** The outcome of an attempt, until it is recorded. */
interface Outcome {
  attempt: Attempt
  settle: () => void
  tries: number
  dueAt: number
}

/**
 * Records outcomes. What comes while it writes is recorded together in the next
 * transaction.
 *
 * An outcome is kept until it is recorded: a mail that was accepted must not go out a
 * second time. If the database refuses it, it is recorded as far as it can be.
 */
export class Recorder {
  private outcomes: Outcome[] = []
  private working?: Promise<void>
  private readonly waitLog: WaitLog

  constructor(
    private readonly db: Database,
    private readonly owner: string,
    private readonly logger: Logger
  ) {
    this.waitLog = new WaitLog(logger)
  }

  /** Records an outcome; resolves once nothing is left to record. */
  record(attempt: Attempt): Promise<void> {
    return new Promise((settle) => {
      this.outcomes.push({ attempt, settle, tries: 0, dueAt: 0 })
      this.working ??= this.work().finally(() => (this.working = undefined))
    })
  }

  /** Resolves once everything that came is recorded. */
  async settled(): Promise<void> {
    await this.working
  }

  private async work(): Promise<void> {
    while (this.outcomes.length) {
      const due = this.takeDue()
      if (due.length) await this.write(due)
      else await delay(LOOK_MS)
    }
  }

  private takeDue(): Outcome[] {
    const now = Date.now()
    const due = this.outcomes.filter(({ dueAt }) => dueAt <= now)
    this.outcomes = this.outcomes.filter(({ dueAt }) => dueAt > now)
    return due
  }

  private async write(outcomes: Outcome[]): Promise<void> {
    try {
      const attempts = outcomes.map(({ attempt }) => attempt)
      const left = await this.db.transaction((tx) =>
        this.recordAll(tx, attempts)
      )
      for (const outcome of outcomes) {
        if (left.has(outcome.attempt.claim.id)) this.postpone(outcome)
        else outcome.settle()
      }
      if (!this.outcomes.length) {
        this.waitLog.goesOn("the outcomes of mails are recorded again")
      }
    } catch (error) {
      await this.afterError(error, outcomes)
    }
  }

  /** @returns the ids of the claims that are locked, and have to be tried again */
  private async recordAll(
    tx: Queryable,
    attempts: Attempt[]
  ): Promise<Set<string>> {
    const recorded = await recordAttempts(tx, this.owner, attempts)
    if (recorded.length === attempts.length) return new Set()
    return findUnrecorded(tx, this.owner, without(attempts, recorded))
  }

  private async afterError(error: unknown, outcomes: Outcome[]): Promise<void> {
    const [first, ...others] = outcomes
    if (isTransient(error)) {
      this.hold(outcomes, error)
    } else if (first && !others.length) {
      await this.recordInPart(first, error)
    } else {
      // One of them is at fault: each is recorded alone, so that the others are.
      for (const outcome of outcomes) await this.write([outcome])
    }
  }

  /** Records an outcome that the database refuses to take as a whole. */
  private async recordInPart(
    outcome: Outcome,
    refusal: unknown
  ): Promise<void> {
    const { db, owner, logger } = this
    const { attempt, settle } = outcome
    try {
      const isDone = await recordInPart(db, owner, attempt, refusal, logger)
      if (isDone) settle()
      else this.postpone(outcome)
    } catch (error) {
      this.hold([outcome], error)
    }
  }

  private hold(outcomes: Outcome[], error: unknown): void {
    for (const outcome of outcomes) this.postpone(outcome)
    const count = this.outcomes.length
    this.waitLog.waits(
      `the outcomes of ${count} ${count === 1 ? "mail" : "mails"} wait to be recorded`,
      error
    )
  }

  private postpone(outcome: Outcome): void {
    const pause = FIRST_PAUSE_MS * 2 ** outcome.tries
    this.outcomes.push({
      ...outcome,
      tries: outcome.tries + 1,
      dueAt: Date.now() + Math.min(pause, LONGEST_PAUSE_MS),
    })
  }
}

function without(attempts: Attempt[], recorded: { id: string }[]): Attempt[] {
  const done = new Set(recorded.map(({ id }) => id))
  return attempts.filter(({ claim }) => !done.has(claim.id))
}

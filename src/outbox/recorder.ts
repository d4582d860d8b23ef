import { setTimeout as delay } from "timers/promises"
import { beginAttempts, ComposedState } from "../db/begin-attempts"
import { Database, isTransient, Queryable } from "../db/database"
import {
  Attempt,
  findUnrecorded,
  publishOutcomes,
  recordAttempts,
} from "../db/record-attempts"
import type { Logger } from "../values/logger"
import { WaitLog } from "../values/wait-log"
import { recordInPart } from "./record-in-part"

/** The pauses before the next try, while the database does not take an outcome. */
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 2000
/** The interval for looking if such a pause is over. */
const LOOK_MS = 50

/** An attempt that is about to be made. */
interface Beginning {
  claim: ComposedState
  settle: (mayMail: boolean) => void
  fail: (error: unknown) => void
}

/** The outcome of an attempt, until it is recorded. */
interface Outcome {
  attempt: Attempt
  settle: () => void
  tries: number
  dueAt: number
}

/**
 * Records attempts: before their mails leave, and their outcomes. What comes while it
 * writes goes into the next transaction, with everything else that has come.
 *
 * An outcome is kept until it is recorded: a mail that was accepted must not go out a
 * second time. If the database refuses it, it is recorded as far as it can be.
 */
export class Recorder {
  private beginnings: Beginning[] = []
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

  /**
   * Counts an attempt before its mail leaves.
   *
   * @returns false if the claim has changed, or its lease was lost: then it must not
   * be mailed
   * @throws the database's error
   */
  begin(claim: ComposedState): Promise<boolean> {
    return new Promise((settle, fail) => {
      this.beginnings.push({ claim, settle, fail })
      this.start()
    })
  }

  /** Records an outcome; resolves once nothing is left to record. */
  record(attempt: Attempt): Promise<void> {
    return new Promise((settle) => {
      this.outcomes.push({ attempt, settle, tries: 0, dueAt: 0 })
      this.start()
    })
  }

  /** Resolves once everything that came is recorded. */
  async settled(): Promise<void> {
    await this.working
  }

  private start(): void {
    this.working ??= this.work().finally(() => (this.working = undefined))
  }

  private async work(): Promise<void> {
    while (this.beginnings.length || this.outcomes.length) {
      // What comes in the same turn of the event loop goes with it.
      await new Promise(setImmediate)
      const beginnings = this.beginnings.splice(0)
      const outcomes = this.takeDue()
      if (beginnings.length || outcomes.length) {
        await this.write(beginnings, outcomes)
      } else {
        await delay(LOOK_MS)
      }
    }
  }

  private takeDue(): Outcome[] {
    const now = Date.now()
    const due = this.outcomes.filter(({ dueAt }) => dueAt <= now)
    this.outcomes = this.outcomes.filter(({ dueAt }) => dueAt > now)
    return due
  }

  private async write(
    beginnings: Beginning[],
    outcomes: Outcome[]
  ): Promise<void> {
    try {
      const { begun, left } = await this.db.transaction(async (tx) => ({
        begun: await this.beginAll(tx, beginnings),
        left: await this.recordAll(tx, outcomes),
      }))
      for (const { claim, settle } of beginnings) settle(begun.has(claim.id))
      for (const outcome of outcomes) {
        if (left.has(outcome.attempt.claim.id)) this.postpone(outcome)
        else outcome.settle()
      }
      if (!this.outcomes.length) {
        this.waitLog.goesOn("the outcomes of mails are recorded again")
      }
    } catch (error) {
      await this.afterError(error, beginnings, outcomes)
    }
  }

  private async beginAll(
    tx: Queryable,
    beginnings: Beginning[]
  ): Promise<Set<string>> {
    const claims = beginnings.map(({ claim }) => claim)
    return claims.length
      ? beginAttempts(tx, this.owner, claims)
      : new Set<string>()
  }

  /** @returns the ids of the claims that are locked, and have to be tried again */
  private async recordAll(
    tx: Queryable,
    outcomes: Outcome[]
  ): Promise<Set<string>> {
    const attempts = outcomes.map(({ attempt }) => attempt)
    if (!attempts.length) return new Set()

    const recorded = await recordAttempts(tx, this.owner, attempts)
    await publishOutcomes(tx, recorded, attempts)
    if (recorded.length === attempts.length) return new Set()
    return findUnrecorded(tx, this.owner, without(attempts, recorded))
  }

  private async afterError(
    error: unknown,
    beginnings: Beginning[],
    outcomes: Outcome[]
  ): Promise<void> {
    if (isTransient(error)) {
      for (const { fail } of beginnings) fail(error)
      this.hold(outcomes, error)
    } else if (beginnings.length + outcomes.length > 1) {
      // One of them is at fault: each is written alone, so that the others are.
      for (const beginning of beginnings) await this.write([beginning], [])
      for (const outcome of outcomes) await this.write([], [outcome])
    } else {
      for (const { fail } of beginnings) fail(error)
      for (const outcome of outcomes) await this.recordInPart(outcome, error)
    }
  }

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
    if (!outcomes.length) return
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

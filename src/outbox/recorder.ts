import { setTimeout as delay } from "timers/promises"
import { Attempt, recordAttempts } from "../db/record-attempts"
import { isTransient, Database } from "../db/database"

const PAUSE_MS = 500
/** The time to gather outcomes. If the server is killed in it, their mails go out again. */
const GATHER_MS = 25
const MAX_BATCH = 200

/**
 * Records outcomes soon and in batches: a transaction for each mail would take
 * longer than the mail. If the database does not answer, it is tried again: a mail
 * that was sent must not go out a second time.
 */
export class Recorder {
  private readonly waiting: Attempt[] = []
  private writing?: Promise<void>

  constructor(
    private readonly db: Database,
    private readonly owner: string,
    private readonly onRecorded: (attempts: Attempt[]) => void,
    private readonly onError: (error: unknown) => void
  ) {}

  add(attempt: Attempt): void {
    this.waiting.push(attempt)
    this.writing ??= this.write().finally(() => (this.writing = undefined))
  }

  /** Resolves once everything that was added is recorded. */
  async settled(): Promise<void> {
    await this.writing
  }

  private async write(): Promise<void> {
    while (this.waiting.length) {
      await delay(GATHER_MS)
      const batch = this.waiting.slice(0, MAX_BATCH)
      try {
        await this.record(batch)
        this.waiting.splice(0, batch.length)
        this.onRecorded(batch)
      } catch (error) {
        this.onError(error)
        await delay(PAUSE_MS, undefined, { ref: false })
      }
    }
  }

  private async record(batch: Attempt[]): Promise<void> {
    try {
      await this.db.transaction((tx) => recordAttempts(tx, this.owner, batch))
    } catch (error) {
      if (isTransient(error)) throw error
      // One attempt cannot be recorded: each is recorded alone, so that the others are.
      if (batch.length === 1) return this.onError(error)
      for (const attempt of batch) await this.record([attempt])
    }
  }
}

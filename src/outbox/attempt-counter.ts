import { beginAttempts, ComposedState } from "../db/begin-attempts"
import { Database, isTransient } from "../db/database"

/** An attempt that is about to be made. */
interface Beginning {
  claim: ComposedState
  settle: (mayMail: boolean) => void
  fail: (error: unknown) => void
}

/**
 * Counts attempts before their mails leave. What comes while it writes is counted
 * together in the next transaction.
 */
export class AttemptCounter {
  private beginnings: Beginning[] = []
  private isWorking = false

  constructor(
    private readonly db: Database,
    private readonly owner: string
  ) {}

  /**
   * Counts an attempt.
   *
   * @returns false if the claim has changed, or its lease was lost: then it must not
   * be mailed
   * @throws the database's error
   */
  begin(claim: ComposedState): Promise<boolean> {
    return new Promise((settle, fail) => {
      this.beginnings.push({ claim, settle, fail })
      if (!this.isWorking) void this.work()
    })
  }

  private async work(): Promise<void> {
    this.isWorking = true
    while (this.beginnings.length) await this.count(this.beginnings.splice(0))
    this.isWorking = false
  }

  private async count(beginnings: Beginning[]): Promise<void> {
    const claims = beginnings.map(({ claim }) => claim)
    try {
      // If the database itself crashes, an attempt may be missing in the count.
      const begun = await this.db.transaction(
        (tx) => beginAttempts(tx, this.owner, claims),
        "fast"
      )
      for (const { claim, settle } of beginnings) settle(begun.has(claim.id))
    } catch (error) {
      if (isTransient(error) || beginnings.length === 1) {
        for (const { fail } of beginnings) fail(error)
        return
      }
      // One of them is at fault: each is counted alone, so that the others are.
      for (const beginning of beginnings) await this.count([beginning])
    }
  }
}

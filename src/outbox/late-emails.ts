import { withTimeLimit } from "../values/time-limit"
import {
  ComposedClaim,
  ComposeDependencies,
  LoadedEmail,
  writeEmail,
} from "./compose"

/** A batch does not wait for longer; the option `storefront` has five seconds. */
const PATIENCE_MS = 100
/** The most emails of which an answer is awaited. */
const MOST = 500

/**
 * The emails that wait for the option `storefront`. Each is handed on when it is written,
 * so that one brand whose function does not answer delays nobody else's mails.
 */
export class LateEmails {
  /** The ids of their claims. */
  private readonly waiting = new Set<string>()

  /**
   * @param onWritten - called with an email that was written
   * @param onLate - called with one that its batch has not waited for
   */
  constructor(
    private readonly emails: ComposeDependencies,
    private readonly onWritten: (email: ComposedClaim) => void,
    private readonly onLate: () => void
  ) {}

  /** The number of emails that may be added. */
  get room(): number {
    return MOST - this.waiting.size
  }

  /** Writes a batch; resolves once it is written, or after a moment. */
  async write(loaded: LoadedEmail[]): Promise<void> {
    let isLate = false
    const writing = loaded.map(async (email) => {
      const { id } = email.plan.claim
      this.waiting.add(id)
      const written = await writeEmail(email, this.emails)
      // Given up meanwhile: its claim may be another server's by now.
      if (!this.waiting.delete(id)) return
      this.onWritten(written)
      if (isLate) this.onLate()
    })
    await withTimeLimit(PATIENCE_MS, Promise.all(writing), () => [])
    isLate = true
  }

  /**
   * Gives up all of them.
   *
   * @returns the ids of their claims
   */
  giveUp(): string[] {
    const ids = [...this.waiting]
    this.waiting.clear()
    return ids
  }
}

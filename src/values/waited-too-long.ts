/** Thrown where waiting ends. The message says what was waited for, in plain words. */
export class WaitedTooLong extends Error {
  override name = "WaitedTooLong"

  constructor(message: string) {
    super(message)
    // One line in the log: a stack would only lead to the timer.
    this.stack = message
  }
}

/** A time for a sentence: `30 s`, `0.2 s`. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}

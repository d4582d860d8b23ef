/**
 * A time limit for each step of some work, not for all of it: the work may take as
 * long as it needs, as long as it goes on. The first step begins at once.
 */
export class StepLimit {
  /** Resolves when a step has taken too long; else never. */
  readonly stalled: Promise<void>

  private timer!: NodeJS.Timeout
  private begun = performance.now()
  private over = false

  /** @param ms - the limit of one step, in milliseconds */
  constructor(ms: number) {
    this.stalled = new Promise((resolve) => {
      this.timer = setTimeout(() => {
        this.over = true
        resolve()
      }, ms)
    })
  }

  /** True once a step has taken too long, or the last one has ended. */
  get isOver(): boolean {
    return this.over
  }

  /** The time since this step began, in milliseconds. */
  get elapsedMs(): number {
    return performance.now() - this.begun
  }

  /** Ends this step and begins the next one. */
  next(): void {
    // A timer that has fired would begin again.
    if (this.over) return

    this.begun = performance.now()
    this.timer.refresh()
  }

  /** Ends the last step. */
  end(): void {
    this.over = true
    clearTimeout(this.timer)
  }
}

import type { Limit } from "../claims/limits"
import { Places } from "./places"
import type { Turn } from "./transport"

/** Mails that ended at about the same time, and count until then. */
interface Ended {
  since: number
  until: number
  count: number
}

/** Bounds the memory, however large the limit: the times kept are this exact. */
const PARTS_OF_WINDOW = 1000

/** Node fires longer timers at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/**
 * At most `count` mails in any `windowMs`: first come, first served. A mail counts from
 * its turn until `windowMs` after its end. The mail server sees it somewhere between,
 * so it sees no more than that either.
 */
export class RateLimit {
  private readonly places: Places
  private readonly ended: Ended[] = []
  /** Runs only while somebody waits. */
  private timer?: NodeJS.Timeout

  constructor(readonly limit: Limit) {
    this.places = new Places(limit.count)
  }

  /** The mails that may leave without waiting. */
  get left(): number {
    this.forgetOld()
    return this.places.left
  }

  /**
   * Resolves when another mail may leave.
   *
   * @throws if `signal` is aborted first
   */
  async turn(signal?: AbortSignal): Promise<Turn> {
    this.forgetOld()
    const place = this.places.take(signal)
    this.setTimer()
    try {
      await place
    } finally {
      this.setTimer()
    }
    let isOver = false
    return {
      end: (used) => {
        if (isOver) return
        isOver = true
        if (used) this.remember()
        else this.places.giveBack()
        this.setTimer()
      },
    }
  }

  private remember(): void {
    const now = performance.now()
    const until = now + this.limit.windowMs
    const last = this.ended[this.ended.length - 1]
    if (last && now - last.since < this.limit.windowMs / PARTS_OF_WINDOW) {
      last.until = until
      last.count += 1
    } else {
      this.ended.push({ since: now, until, count: 1 })
    }
  }

  private forgetOld(): void {
    const now = performance.now()
    let [first] = this.ended
    while (first && first.until <= now) {
      this.ended.shift()
      this.places.giveBack(first.count)
      first = this.ended[0]
    }
  }

  private setTimer(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    this.forgetOld()
    const [first] = this.ended
    if (!first || !this.places.areWanted) return
    const wait = Math.ceil(first.until - performance.now())
    this.timer = setTimeout(
      () => this.setTimer(),
      Math.min(wait, LONGEST_TIMER_MS)
    )
  }
}

/** Resolves with a turn of each limit; ending it ends them all. */
export async function turnOfEach(
  limits: RateLimit[],
  signal?: AbortSignal
): Promise<Turn> {
  const turns: Turn[] = []
  const end = (used: boolean) => turns.forEach((turn) => turn.end(used))
  try {
    for (const limit of limits) turns.push(await limit.turn(signal))
  } catch (error) {
    end(false)
    throw error
  }
  return { end }
}

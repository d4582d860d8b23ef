import pLimit from "p-limit"
import { seconds, WaitedTooLong } from "../values/waited-too-long"

// Most proxies give a request up after a minute: nobody would read the answer.
const TURN_WITHIN_MS = 60_000

/**
 * Work that takes turns in this process. The work in one line runs one after the
 * other, and only the first of it has a place among the few that run at once: a crowd
 * in one line delays nobody else. Nothing is kept of work that has settled.
 */
export class Turns {
  private readonly places: pLimit.Limit
  private readonly turnWithinMs: number
  /** The last of each line: resolves once it has settled. */
  private readonly lines = new Map<string, Promise<void>>()

  constructor(atOnce: number, turnWithinMs = TURN_WITHIN_MS) {
    this.places = pLimit(atOnce)
    this.turnWithinMs = turnWithinMs
  }

  /**
   * Runs `work` when it is its turn.
   *
   * @param line - the line that it waits in
   * @param name - the work, for the log: `the confirmation of oclaim_…`
   * @throws {WaitedTooLong} if its turn does not come; then it never runs
   */
  take<T>(line: string, name: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        const time = seconds(this.turnWithinMs)
        reject(new WaitedTooLong(`${name} waited ${time} for its turn`))
      }, this.turnWithinMs)

      const begin = async () => {
        clearTimeout(timer)
        if (!isLate) resolve(await work())
      }
      const before = this.lines.get(line) ?? Promise.resolve()
      const settled = before
        .then(() => this.places(begin))
        .catch(reject)
        .finally(() => {
          if (this.lines.get(line) === settled) this.lines.delete(line)
        })
      this.lines.set(line, settled)
    })
  }
}

import pLimit from "p-limit"
import type { PresentedToken } from "../claims/claim-token"
import { seconds, WaitedTooLong } from "../values/waited-too-long"
import { claimKeyOf, confirmWith } from "./presented-claim"

// Each confirm holds one of the shop's connections; the shop needs the others.
const AT_ONCE = 4

// Most proxies give a request up after a minute: nobody would read the answer.
const TURN_WITHIN_MS = 60_000

/**
 * The confirms that run in this process. Those of the same token by the same customer
 * are one, with one outcome. Those of one claim run one after the other, and only the
 * first has a place among the few that run at once: a crowd on one link delays nobody
 * else. Nothing is kept of a confirm that has settled.
 */
export class Confirms {
  private readonly places: pLimit.Limit
  private readonly turnWithinMs: number
  /** The confirms that run or wait, by token and customer. */
  private readonly unsettled = new Map<string, Promise<void>>()
  /** The last of each claim's line: resolves once it has settled. */
  private readonly lines = new Map<string, Promise<void>>()

  constructor({ atOnce = AT_ONCE, turnWithinMs = TURN_WITHIN_MS } = {}) {
    this.places = pLimit(atOnce)
    this.turnWithinMs = turnWithinMs
  }

  /**
   * Confirms when it is this claim's turn, or joins the same confirm if that has not
   * settled yet.
   *
   * @param customerId - the logged-in customer, if any
   * @throws {WaitedTooLong} if its turn does not come; then it never runs
   */
  run(
    token: PresentedToken,
    customerId: string | undefined,
    confirm: () => Promise<void>
  ): Promise<void> {
    const line = JSON.stringify(claimKeyOf(token))
    const key = JSON.stringify([line, token.generation, customerId])
    const same = this.unsettled.get(key)
    if (same) return same

    const name = confirmWith(token)
    const outcome = this.inTurn(line, name, confirm).finally(() =>
      this.unsettled.delete(key)
    )
    this.unsettled.set(key, outcome)
    return outcome
  }

  private inTurn(
    line: string,
    name: string,
    confirm: () => Promise<void>
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      let isLate = false
      const timer = setTimeout(() => {
        isLate = true
        const time = seconds(this.turnWithinMs)
        reject(new WaitedTooLong(`${name} waited ${time} for its turn`))
      }, this.turnWithinMs)

      const take = async () => {
        clearTimeout(timer)
        if (!isLate) await confirm()
      }
      const before = this.lines.get(line) ?? Promise.resolve()
      const settled = before
        .then(() => this.places(take))
        .then(resolve, reject)
        .finally(() => {
          if (this.lines.get(line) === settled) this.lines.delete(line)
        })
      this.lines.set(line, settled)
    })
  }
}

import type { PresentedToken } from "../claims/claim-token"
import { confirmWith, lineOf } from "./presented-claim"
import { Turns } from "./turns"

// Each confirm holds one of the shop's connections; the shop needs the others.
const AT_ONCE = 4

/**
 * The confirms that run in this process. Those of the same token by the same customer
 * are one, with one outcome. Those of one claim take turns.
 */
export class Confirms {
  private readonly turns: Turns
  /** The confirms that run or wait, by token and customer. */
  private readonly unsettled = new Map<string, Promise<void>>()

  constructor({
    atOnce = AT_ONCE,
    turnWithinMs,
  }: { atOnce?: number; turnWithinMs?: number } = {}) {
    this.turns = new Turns(atOnce, turnWithinMs)
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
    const line = lineOf(token)
    const key = JSON.stringify([line, token.generation, customerId])
    const same = this.unsettled.get(key)
    if (same) return same

    const outcome = this.turns
      .take(line, confirmWith(token), confirm)
      .finally(() => this.unsettled.delete(key))
    this.unsettled.set(key, outcome)
    return outcome
  }
}

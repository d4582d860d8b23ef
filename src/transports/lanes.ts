import { ConnectionError } from "./connection-error"
import type { Lane } from "./lane"
import { Places } from "./places"

/** The lanes of one transport: never more than mails may be on the wire at once. */
export class Lanes {
  private readonly idle: Lane[] = []
  private readonly places: Places
  private isClosed = false

  constructor(
    private readonly make: () => Lane,
    atOnce: number
  ) {
    this.places = new Places(atOnce)
  }

  /**
   * Returns a lane for one mail.
   *
   * @throws {ConnectionError} if none is free in time
   */
  async take(timeoutMs: number): Promise<Lane> {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), timeoutMs)
    try {
      await this.places.take(patience.signal)
    } catch {
      throw new ConnectionError("no connection was free in time")
    } finally {
      clearTimeout(timer)
    }
    return this.idle.pop() ?? this.make()
  }

  /**
   * Takes back a lane after its mail was sent, refused or given up. It carries the next
   * one once it is empty.
   */
  giveBack(lane: Lane): void {
    void lane.whenEmpty().then(() => {
      if (lane.isUsable() && !this.isClosed) this.idle.push(lane)
      else lane.destroy()
      this.places.giveBack()
    })
  }

  /** Closes the idle lanes, and the others once their mail is off. */
  close(): void {
    this.isClosed = true
    for (const lane of this.idle.splice(0)) lane.destroy()
  }
}

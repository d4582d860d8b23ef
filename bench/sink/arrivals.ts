import { EventEmitter } from "node:events"

import { now, pause } from "../clock"

/** The mails that have arrived for the addresses of one domain. */
export interface Arrivals {
  /** All mails, with those that came twice. */
  mails: number
  /** The time at which the first mail to each address was accepted. */
  accepted: Record<string, number>
}

const none = (): Arrivals => ({ mails: 0, accepted: {} })

/** Mails by domain: every burst writes to a domain of its own. */
export class Mailroom {
  /** The time that each mail takes, in ms. */
  delay = 0
  /** The source of the last mail. */
  lastSource = ""
  private readonly domains = new Map<string, Arrivals>()
  private readonly counts = new Map<string, number>()
  private readonly news = new EventEmitter().setMaxListeners(0)

  async accept(recipient: string, source: string): Promise<void> {
    if (this.delay > 0) await pause(this.delay)
    const domain = recipient.slice(recipient.indexOf("@") + 1)
    const arrivals = this.domains.get(domain) ?? none()
    this.domains.set(domain, arrivals)
    arrivals.mails += 1
    this.lastSource = source
    if (arrivals.accepted[recipient] === undefined) {
      arrivals.accepted[recipient] = now()
      this.counts.set(domain, (this.counts.get(domain) ?? 0) + 1)
      this.news.emit(domain)
    }
  }

  /** Resolves once so many `addresses` have their mail, or after `within` ms. */
  async arrived(
    domain: string,
    addresses: number,
    within: number
  ): Promise<Arrivals> {
    const isThere = () => (this.counts.get(domain) ?? 0) >= addresses
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(late)
        this.news.off(domain, look)
        resolve()
      }
      const look = () => isThere() && done()
      const late = setTimeout(done, within)
      this.news.on(domain, look)
      look()
    })
    return this.domains.get(domain) ?? none()
  }
}

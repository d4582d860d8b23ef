import { EventEmitter } from "node:events"

import type { ReceivedMail } from "./received-mail"

/** The mails to wait for, and the time limit. */
export interface WaitOptions {
  /** Only mails whose envelope names this recipient. */
  to?: string
  /** In ms. @default 30000 */
  timeout?: number
}

const summary = ({ envelope, subject }: ReceivedMail) =>
  `${envelope.to.join(", ")}: ${subject}`

/** Mails in the order they came, and a way to wait for the next ones. */
export class Mailbox {
  readonly mails: ReceivedMail[] = []
  private readonly arrivals = new EventEmitter().setMaxListeners(0)

  /** Takes a mail in and tells those who wait. */
  add(mail: ReceivedMail): void {
    this.mails.push(mail)
    this.arrivals.emit("mail")
  }

  /**
   * Resolves with the first `n` mails (to one address) once they are here.
   *
   * @throws with what has come instead, after the timeout
   */
  waitFor(
    n: number,
    { to, timeout = 30_000 }: WaitOptions = {}
  ): Promise<ReceivedMail[]> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(late)
        this.arrivals.off("mail", look)
      }
      const look = () => {
        const found = this.mails.filter(
          ({ envelope }) => !to || envelope.to.includes(to)
        )
        if (found.length >= n) {
          stop()
          resolve(found.slice(0, n))
        }
      }
      const late = setTimeout(() => {
        stop()
        const wanted = `${n} mails${to ? ` to ${to}` : ""}`
        const came = this.mails.map(summary).join("\n") || "none"
        reject(
          new Error(`waited ${timeout} ms for ${wanted}; there came:\n${came}`)
        )
      }, timeout)
      this.arrivals.on("mail", look)
      look()
    })
  }
}

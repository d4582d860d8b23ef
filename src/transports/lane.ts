import type { Socket } from "net"
import type { SendMailOptions, Transporter } from "nodemailer"
import { openDirectSocket } from "./direct-socket"

/** What carries mails, one at a time. */
export interface Lane {
  /** Resolves with the mail server's answer. */
  send(mail: SendMailOptions): Promise<unknown>
  /** Whether it may carry another mail. */
  isUsable(): boolean
  /** Ends it at once, whatever is on it. */
  destroy(): void
}

/** nodemailer's own default: mail servers limit what one connection may bring. */
const MAILS_PER_CONNECTION = 100

/**
 * One connection to the mail server, kept open between mails. nodemailer's pool
 * would hold several, but a silent server could then not be cut off without the
 * mails next to it, and each failure would make the whole pool pause.
 */
export class ConnectionLane implements Lane {
  private readonly mailer: Transporter
  private socket?: Socket
  private mails = 0
  private isBroken = false

  constructor(
    createTransport: (options: object) => Transporter,
    options: Record<string, unknown>
  ) {
    this.mailer = createTransport({
      getSocket: this.open,
      ...options,
      pool: true,
      maxConnections: 1,
      // A lost connection is the courier's to record, and to try again.
      maxRequeues: 0,
    })
    this.mailer.on("error", () => (this.isBroken = true))
  }

  async send(mail: SendMailOptions): Promise<unknown> {
    this.mails += 1
    try {
      return (await this.mailer.sendMail(mail)) as unknown
    } catch (error) {
      this.isBroken = true
      throw error
    }
  }

  isUsable(): boolean {
    return !this.isBroken && this.mails < MAILS_PER_CONNECTION
  }

  destroy(): void {
    this.isBroken = true
    this.mailer.close()
    this.socket?.destroy()
  }

  private readonly open: typeof openDirectSocket = (options, callback) =>
    openDirectSocket(options, (error, opened) => {
      this.socket = opened?.connection
      if (this.isBroken) this.socket?.destroy()
      callback(error, opened)
    })
}

/** A nodemailer transport that sees to its own connections. */
export class SharedLane implements Lane {
  constructor(private readonly mailer: Pick<Transporter, "sendMail">) {}

  async send(mail: SendMailOptions): Promise<unknown> {
    return (await this.mailer.sendMail(mail)) as unknown
  }

  isUsable(): boolean {
    return true
  }

  destroy(): void {
    // Its connections belong to whoever made it.
  }
}

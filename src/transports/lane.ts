import type { SendMailOptions, Transporter } from "nodemailer"

/** What carries mails, one at a time. */
export interface Lane {
  /** Resolves with the mail server's answer. */
  send(mail: SendMailOptions): Promise<unknown>
  /** Whether it may carry another mail. */
  isUsable(): boolean
  /** Ends it at once, whatever is on it. */
  destroy(): void
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

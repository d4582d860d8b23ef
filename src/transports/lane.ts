import type { SendMailOptions, Transporter } from "nodemailer"

/** A channel to the mail server, for one mail at a time. */
export interface Lane {
  /** Resolves with nodemailer's result, the mail server's response in it. */
  send(mail: SendMailOptions): Promise<unknown>
  /** True if it may carry another mail. */
  isUsable(): boolean
  /** Closes it at once, even if a mail is on it. */
  destroy(): void
}

/** A nodemailer transport that manages its own connections. */
export class SharedLane implements Lane {
  constructor(private readonly mailer: Pick<Transporter, "sendMail">) {}

  async send(mail: SendMailOptions): Promise<unknown> {
    return (await this.mailer.sendMail(mail)) as unknown
  }

  isUsable(): boolean {
    return true
  }

  destroy(): void {
    // The transport manages its own connections.
  }
}

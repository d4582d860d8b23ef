import type { SendMailOptions } from "nodemailer"

/** A channel to the mail server, for one mail at a time. */
export interface Lane {
  /** Resolves with nodemailer's result, the mail server's response in it. */
  send(mail: SendMailOptions): Promise<unknown>
  /** True if it may carry another mail once it is empty. */
  isUsable(): boolean
  /**
   * Resolves once no mail is on it, not even one that was given up, and the mail server
   * has forgotten a refused one. Never fails.
   */
  whenEmpty(): Promise<void>
  /** Closes it at once, even if a mail is on it. */
  destroy(): void
}

/** The part of a nodemailer transporter that sends. */
export interface Sender {
  sendMail(mail: SendMailOptions): Promise<unknown>
}

/** A nodemailer transport that manages its own connections. */
export class SharedLane implements Lane {
  private sending: Promise<unknown> = Promise.resolve()

  /**
   * @param keepsMails - true for a pool: a mail that was given up stays on one of
   * its connections, and the next would wait in its queue
   */
  constructor(
    private readonly mailer: Sender,
    private readonly keepsMails: boolean
  ) {}

  async send(mail: SendMailOptions): Promise<unknown> {
    this.sending = this.mailer.sendMail(mail)
    return await this.sending
  }

  isUsable(): boolean {
    return true
  }

  async whenEmpty(): Promise<void> {
    if (this.keepsMails) await Promise.allSettled([this.sending])
  }

  destroy(): void {
    // The transport manages its own connections.
  }
}

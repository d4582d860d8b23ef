import type { SendMailOptions } from "nodemailer"
import { parseEmailAddress } from "../values/email-address"
import type { Logger } from "../values/logger"
import { describeError, redact } from "../values/redact"
import { withTimeLimit } from "../values/time-limit"
import { ConnectionError } from "./connection-error"
import { outcomeOf } from "./failure"
import type { Lane } from "./lane"
import { Lanes } from "./lanes"
import { createMailer, type MailerSource } from "./mailer"
import type {
  DeliveryOutcome,
  Message,
  Transport,
  TransportLimits,
} from "./transport"

/** Sends with nodemailer, which is loaded and connected for the first mail. */
export class SmtpTransport implements Transport {
  private lanes?: Lanes

  /** @param source - called once, for the first mail */
  constructor(
    private readonly source: () => MailerSource,
    private readonly limits: TransportLimits,
    private readonly logger: Logger
  ) {}

  async send(message: Message): Promise<DeliveryOutcome> {
    const to = parseEmailAddress(message.to)
    if (!to) {
      return {
        type: "refused",
        response: "not exactly one plain email address",
      }
    }
    try {
      const reply = await this.carry(toMail(message, to))
      return { type: "accepted", response: redact(reply, message.secret) }
    } catch (error) {
      this.logIfThrown(error)
      return outcomeOf(error, message)
    }
  }

  close(): void {
    this.lanes?.close()
    this.lanes = undefined
  }

  /** @returns the mail server's reply */
  private async carry(mail: SendMailOptions): Promise<unknown> {
    const lanes = (this.lanes ??= this.open())
    const lane = await lanes.take(this.limits.sendTimeoutMs)
    try {
      const info = await this.sendOn(lane, mail)
      const { response } = (info ?? {}) as { response?: unknown }
      return response ?? "accepted"
    } finally {
      lanes.giveBack(lane)
    }
  }

  private open(): Lanes {
    const { makeLane, maxConnections = Infinity } = createMailer(
      this.source(),
      this.limits
    )
    const atOnce = Math.min(this.limits.concurrency, maxConnections)
    return new Lanes(makeLane, atOnce)
  }

  /** Sends on a lane; destroys the lane if the server is silent or too slow. */
  private sendOn(lane: Lane, mail: SendMailOptions): Promise<unknown> {
    const { sendTimeoutMs } = this.limits
    return withTimeLimit(sendTimeoutMs, lane.send(mail), () => {
      lane.destroy()
      throw new ConnectionError(`no answer within ${sendTimeoutMs / 1000} s`)
    })
  }

  /**
   * Logs an error that has no code of a network or mail server: it was thrown by
   * code, most likely the shop's own, and its developers need the stack.
   */
  private logIfThrown(error: unknown): void {
    const { code, responseCode } = Object(error) as {
      code?: string | number
      responseCode?: number
    }
    const isThrown = code === undefined || /^ERR_/.test(String(code))
    if (error instanceof Error && isThrown && responseCode === undefined) {
      this.logger.error(
        `order-claim: the transport failed: ${describeError(error)}`
      )
    }
  }
}

function toMail(message: Message, to: string): SendMailOptions {
  return {
    envelope: { from: message.from.address, to: [to] },
    from: message.from,
    to: { name: "", address: to },
    replyTo: message.replyTo,
    subject: message.subject,
    text: message.text,
    html: message.html,
    messageId: message.messageId,
    // RFC 3834: keeps vacation responders quiet.
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

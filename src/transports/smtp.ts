import type { SendMailOptions } from "nodemailer"
import pLimit from "p-limit"
import { parseEmailAddress } from "../values/email-address"
import type { Logger } from "../values/logger"
import { describeError, redact } from "../values/redact"
import { withTimeLimit } from "../values/time-limit"
import { ConnectionError } from "./connection-error"
import { outcomeOf } from "./failure"
import type { Lane } from "./lane"
import { laneMaker, type MailerSource } from "./mailer"
import type {
  DeliveryOutcome,
  Message,
  Transport,
  TransportLimits,
} from "./transport"

/** Sends with nodemailer, which is loaded and connected for the first mail. */
export class SmtpTransport implements Transport {
  private readonly idle: Lane[] = []
  private readonly atOnce: pLimit.Limit
  private makeLane?: () => Lane

  /** @param source - called once, for the first mail */
  constructor(
    private readonly source: () => MailerSource,
    private readonly limits: TransportLimits,
    private readonly logger: Logger
  ) {
    this.atOnce = pLimit(limits.concurrency)
  }

  async send(message: Message): Promise<DeliveryOutcome> {
    const to = parseEmailAddress(message.to)
    if (!to) {
      return {
        type: "refused",
        response: "not exactly one plain email address",
      }
    }
    const deadline = Date.now() + this.limits.sendTimeoutMs
    try {
      const mail = toMail(message, to)
      const reply = await this.atOnce(() => this.sendBefore(deadline, mail))
      return { type: "accepted", response: redact(reply, message.secret) }
    } catch (error) {
      this.logIfThrown(error)
      return outcomeOf(error, message)
    }
  }

  close(): void {
    for (const lane of this.idle.splice(0)) lane.destroy()
    this.makeLane = undefined
  }

  /** @returns the mail server's reply */
  private async sendBefore(
    deadline: number,
    mail: SendMailOptions
  ): Promise<unknown> {
    if (Date.now() >= deadline) {
      throw new ConnectionError("no connection was free in time")
    }
    this.makeLane ??= laneMaker(this.source(), this.limits)
    const lane = this.idle.pop() ?? this.makeLane()
    try {
      const info = await this.sendOn(lane, mail, deadline)
      const { response } = (info ?? {}) as { response?: unknown }
      return response ?? "accepted"
    } finally {
      if (lane.isUsable()) this.idle.push(lane)
      else lane.destroy()
    }
  }

  /** Sends on a lane; destroys the lane if the server is silent or too slow. */
  private sendOn(
    lane: Lane,
    mail: SendMailOptions,
    deadline: number
  ): Promise<unknown> {
    return withTimeLimit(deadline - Date.now(), lane.send(mail), () => {
      lane.destroy()
      const seconds = this.limits.sendTimeoutMs / 1000
      throw new ConnectionError(`no answer within ${seconds} s`)
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

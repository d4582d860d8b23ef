import type { SendMailOptions } from "nodemailer"
import pLimit from "p-limit"
import { parseEmailAddress } from "../email/address"
import type { DeliverySettings } from "../options/settings"
import { recordable } from "./answer"
import type { Lane } from "./lane"
import { laneMaker, type MailerSource } from "./mailer"
import type { DeliveryOutcome, Message, Transport } from "./transport"

/** nodemailer, loaded and connected when the first mail leaves. */
export class SmtpTransport implements Transport {
  private readonly idle: Lane[] = []
  private readonly atOnce: pLimit.Limit
  private makeLane?: () => Lane

  /** @param source - asked once, when the first mail leaves */
  constructor(
    private readonly source: () => MailerSource,
    private readonly settings: DeliverySettings
  ) {
    this.atOnce = pLimit(settings.concurrency)
  }

  async send(message: Message): Promise<DeliveryOutcome> {
    const to = parseEmailAddress(message.to)
    if (!to) {
      return { type: "refused", answer: "not exactly one plain email address" }
    }
    const deadline = Date.now() + this.settings.sendTimeoutMs
    try {
      const mail = toMail(message, to)
      const words = await this.atOnce(() => this.sendBefore(deadline, mail))
      return { type: "accepted", answer: recordable(words, message.secret) }
    } catch (error) {
      return classify(error, message.secret)
    }
  }

  close(): void {
    for (const lane of this.idle.splice(0)) lane.destroy()
    this.makeLane = undefined
  }

  /** @returns the mail server's words */
  private async sendBefore(
    deadline: number,
    mail: SendMailOptions
  ): Promise<unknown> {
    if (Date.now() >= deadline)
      throw new Error("no connection was free in time")

    this.makeLane ??= laneMaker(this.source(), this.settings)
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

  /** A server that is silent or drips is cut off: its lane carries nothing more. */
  private async sendOn(
    lane: Lane,
    mail: SendMailOptions,
    deadline: number
  ): Promise<unknown> {
    let timer: NodeJS.Timeout | undefined
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        lane.destroy()
        const seconds = this.settings.sendTimeoutMs / 1000
        reject(new Error(`no answer within ${seconds} s`))
      }, deadline - Date.now())
    })
    try {
      return await Promise.race([lane.send(mail), tooLate])
    } finally {
      clearTimeout(timer)
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

/** 5xx about the envelope or the message is final; everything else may pass. */
function classify(error: unknown, secret?: string): DeliveryOutcome {
  const { code, responseCode, response, message } = (error ?? {}) as {
    code?: string
    responseCode?: number
    response?: string
    message?: string
  }
  const answer = recordable(response || message || code || error, secret)
  const isAboutTheMail = code === "EENVELOPE" || code === "EMESSAGE"
  return isAboutTheMail && (responseCode ?? 0) >= 500
    ? { type: "refused", answer }
    : { type: "deferred", answer }
}

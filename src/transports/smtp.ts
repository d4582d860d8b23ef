import type { Transporter } from "nodemailer"
import { parseEmailAddress } from "../claims/email-address"
import type { DeliverySettings } from "../options/settings"
import { recordable } from "./answer"
import { openDirectSocket } from "./direct-socket"
import type { DeliveryOutcome, Message, Transport } from "./transport"

/** A nodemailer configuration, a nodemailer transport, or a ready transporter. */
export type MailerSource = string | object

// Whatever is not SMTP brings its own way of connecting.
const OTHER_WAYS = [
  "send",
  "sendmail",
  "streamTransport",
  "jsonTransport",
  "SES",
]

/** nodemailer, loaded and connected when the first mail leaves. */
export class SmtpTransport implements Transport {
  private mailer?: Transporter

  /** @param source - asked once, when the first mail leaves */
  constructor(
    private readonly source: () => MailerSource,
    private readonly settings: DeliverySettings
  ) {}

  async send(message: Message): Promise<DeliveryOutcome> {
    const to = parseEmailAddress(message.to)
    if (!to) {
      return { type: "refused", answer: "not exactly one plain email address" }
    }
    try {
      this.mailer ??= createMailer(this.source(), this.settings)
      const sending = this.mailer.sendMail({
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
      })
      const info: unknown = await within(this.settings.sendTimeoutMs, sending)
      const { response } = (info ?? {}) as { response?: unknown }
      return { type: "accepted", answer: recordable(response ?? "accepted") }
    } catch (error) {
      return classify(error)
    }
  }

  close(): void {
    this.mailer?.close()
    this.mailer = undefined
  }
}

function createMailer(
  source: MailerSource,
  { concurrency, connectionTimeoutMs, sendTimeoutMs }: DeliverySettings
): Transporter {
  if (isTransporter(source)) return source
  const { nodemailer, parseUrl } = loadNodemailer()

  // nodemailer would drop every other option beside a URL.
  const given = typeof source === "string" ? parseUrl(source) : source
  if (OTHER_WAYS.some((way) => way in given)) {
    return nodemailer.createTransport(given)
  }
  return nodemailer.createTransport({
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: connectionTimeoutMs,
    socketTimeout: sendTimeoutMs,
    getSocket: openDirectSocket,
    ...given,
    pool: true,
    maxConnections: concurrency,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
}

/** A shop's start must not feel the plugin: nodemailer is loaded on first use. */
function loadNodemailer() {
  /* eslint-disable @typescript-eslint/no-require-imports */
  const nodemailer = require("nodemailer") as typeof import("nodemailer")
  const shared =
    require("nodemailer/lib/shared") as typeof import("nodemailer/lib/shared")
  /* eslint-enable @typescript-eslint/no-require-imports */
  return { nodemailer, parseUrl: shared.parseConnectionUrl }
}

function isTransporter(source: MailerSource): source is Transporter {
  return typeof (source as Partial<Transporter>).sendMail === "function"
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${ms / 1000} s`)),
      ms
    )
  })
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}

/** 5xx about the envelope or the message is final; everything else may pass. */
function classify(error: unknown): DeliveryOutcome {
  const { code, responseCode, response, message } = error as {
    code?: string
    responseCode?: number
    response?: string
    message?: string
  }
  const answer = recordable(response ?? message ?? error)
  const isAboutTheMail = code === "EENVELOPE" || code === "EMESSAGE"
  return isAboutTheMail && (responseCode ?? 0) >= 500
    ? { type: "refused", answer }
    : { type: "deferred", answer }
}

import type { SendMailOptions } from "nodemailer"
import type { Limit } from "../claims/limits"
import { parseEmailAddress } from "../values/email-address"
import type { Logger } from "../values/logger"
import { describeError, redact } from "../values/redact"
import { withTimeLimit } from "../values/time-limit"
import { ConnectionError } from "./connection-error"
import { outcomeOf, throwRefusal } from "./failure"
import type { Lane } from "./lane"
import { Lanes } from "./lanes"
import { createMailer, type MailerSource } from "./mailer"
import { RateLimit, turnOfEach } from "./rate-limit"
import type {
  DeliveryOutcome,
  Message,
  Transport,
  TransportLimits,
  Turn,
} from "./transport"

/** Sends with nodemailer, which is loaded and connected for the first mail. */
export class SmtpTransport implements Transport {
  private lanes?: Lanes
  /** That of the option, and that of the source once it is known. Both hold. */
  private readonly rates: RateLimit[] = []
  /** Set if the source may have fewer mails out than the option allows. */
  private few?: RateLimit

  /**
   * @param source - called once, for the first mail
   * @param onFailure - called with the error of a mail that was not accepted
   */
  constructor(
    private readonly source: () => MailerSource,
    private readonly limits: TransportLimits,
    private readonly logger: Logger,
    private readonly onFailure?: (error: unknown) => void
  ) {
    this.obey(limits.rateLimit)
  }

  get turnsLeft(): number {
    return Math.min(...this.rates.map(({ left }) => left))
  }

  async turn(signal?: AbortSignal): Promise<Turn> {
    try {
      this.lanes ??= this.open()
    } catch {
      // `send` tries again, and reports it.
    }
    return turnOfEach([...this.rates, ...(this.few ? [this.few] : [])], signal)
  }

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
      this.onFailure?.(error)
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
      throwRefusal(info)
      const { response } = (info ?? {}) as { response?: unknown }
      return response ?? "accepted"
    } finally {
      lanes.giveBack(lane)
    }
  }

  private open(): Lanes {
    const { concurrency } = this.limits
    const mailer = createMailer(this.source(), this.limits)
    const { rateLimit, maxConnections = Infinity, makeLane } = mailer
    this.obey(rateLimit)
    // Without a window: as soon as one mail has ended, the next may leave.
    const few = { count: maxConnections, windowMs: 0 }
    this.few = maxConnections < concurrency ? new RateLimit(few) : undefined
    return new Lanes(makeLane, Math.min(concurrency, maxConnections))
  }

  /** Obeys a limit from now on; also after a close, since the mail server counts on. */
  private obey(limit: Limit | undefined): void {
    const isKnown = this.rates.some(
      ({ limit: { count, windowMs } }) =>
        count === limit?.count && windowMs === limit.windowMs
    )
    if (limit && !isKnown) this.rates.push(new RateLimit(limit))
  }

  /** Sends on a lane; destroys the lane if the server is silent or too slow. */
  private sendOn(lane: Lane, mail: SendMailOptions): Promise<unknown> {
    const { sendTimeoutMs } = this.limits
    return withTimeLimit(sendTimeoutMs, lane.send(mail), () => {
      lane.destroy()
      throw new ConnectionError(`no response within ${sendTimeoutMs / 1000} s`)
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

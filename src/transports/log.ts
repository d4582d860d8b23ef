import type { Logger } from "../values/logger"
import type { DeliveryOutcome, Message, Transport, Turn } from "./transport"

// Nobody waits for the log.
const FREE_TURN: Turn = { end: () => undefined }

/**
 * Writes the mail's text, with its link, to the log: for development without a mail
 * server. In production, options without a `transport` are refused.
 */
export class LogTransport implements Transport {
  readonly turnsLeft = Infinity

  constructor(private readonly logger: Logger) {}

  turn(): Promise<Turn> {
    return Promise.resolve(FREE_TURN)
  }

  send(message: Message): Promise<DeliveryOutcome> {
    this.logger.info(
      `order-claim: no transport is set, so this mail was not sent\n` +
        `To: ${message.to}\nSubject: ${message.subject}\n\n${message.text}`
    )
    return Promise.resolve({ type: "accepted", response: "written to the log" })
  }

  close(): void {
    // Nothing is open.
  }
}

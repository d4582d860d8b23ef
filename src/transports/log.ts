import type { Logger } from "../values/logger"
import type { DeliveryOutcome, Message, Transport } from "./transport"

/**
 * For development without a mail server: the mail's text, link included, goes
 * to the log. Options without a `transport` do not pass in production.
 */
export class LogTransport implements Transport {
  constructor(private readonly logger: Logger) {}

  send(message: Message): Promise<DeliveryOutcome> {
    this.logger.info(
      `order-claim: no transport is set, so this mail stays here\n` +
        `To: ${message.to}\nSubject: ${message.subject}\n\n${message.text}`
    )
    return Promise.resolve({ type: "accepted", response: "written to the log" })
  }

  close(): void {
    // Nothing is open.
  }
}

import type { Logger } from "../log"
import type { Settings } from "../options/settings"
import { LogTransport } from "./log"
import type { MailerSource } from "./mailer"
import { SmtpTransport } from "./smtp"
import type { Transport } from "./transport"

/** The transport that the options name. Connects to nothing yet. */
export function createTransport(
  { transport, delivery }: Settings,
  container: Record<string, unknown>,
  logger: Logger
): Transport {
  if (transport === undefined) return new LogTransport(logger)
  return new SmtpTransport(
    () =>
      typeof transport === "function"
        ? (transport(container) as MailerSource)
        : transport,
    delivery
  )
}

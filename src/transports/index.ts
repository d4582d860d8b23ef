import type { Logger } from "../values/logger"
import { LogTransport } from "./log"
import type { MailerSource } from "./mailer"
import { SmtpTransport } from "./smtp"
import type { Transport, TransportLimits } from "./transport"

/**
 * The option `transport`: an SMTP URL, options of nodemailer, or a function that gets
 * the store's container and returns a nodemailer transport.
 */
export type TransportOption =
  | string
  | Record<string, unknown>
  | ((container: Record<string, unknown>) => unknown)

/** The settings that a transport is made from. */
export interface TransportSettings {
  transport: TransportOption | undefined
  delivery: TransportLimits
}

/**
 * Makes the transport that the options name. It does not connect yet.
 *
 * @param onFailure - called with the error of a mail that was not accepted
 */
export function createTransport(
  { transport, delivery }: TransportSettings,
  container: Record<string, unknown>,
  logger: Logger,
  onFailure?: (error: unknown) => void
): Transport {
  if (transport === undefined) return new LogTransport(logger)
  return new SmtpTransport(
    () =>
      typeof transport === "function"
        ? (transport(container) as MailerSource)
        : transport,
    delivery,
    logger,
    onFailure
  )
}

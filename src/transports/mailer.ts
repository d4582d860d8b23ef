import type { Transporter } from "nodemailer"
import type { DeliverySettings } from "../options/settings"
import { ConnectionLane, Lane, SharedLane } from "./lane"

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

const NO_ATTACHMENTS = { disableFileAccess: true, disableUrlAccess: true }

/** How lanes are made for what a shop has configured. Loads nodemailer. */
export function laneMaker(
  source: MailerSource,
  settings: DeliverySettings
): () => Lane {
  if (isTransporter(source)) return shared(source)

  const { nodemailer, parseUrl } = loadNodemailer()
  // nodemailer would drop every other option beside a URL.
  const given = typeof source === "string" ? parseUrl(source) : source
  if (OTHER_WAYS.some((way) => way in given)) {
    return shared(nodemailer.createTransport(given))
  }
  const options = { ...timeouts(settings), ...given, ...NO_ATTACHMENTS }
  if ("rateLimit" in given) {
    // A rate is only kept if one pool counts for all.
    return shared(nodemailer.createTransport({ ...options, pool: true }))
  }
  const create = nodemailer.createTransport.bind(nodemailer)
  return () => new ConnectionLane(create, options)
}

function shared(mailer: Transporter): () => Lane {
  const lane = new SharedLane(mailer)
  return () => lane
}

function timeouts({ connectionTimeoutMs, sendTimeoutMs }: DeliverySettings) {
  return {
    connectionTimeout: connectionTimeoutMs,
    greetingTimeout: connectionTimeoutMs,
    socketTimeout: sendTimeoutMs,
  }
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
